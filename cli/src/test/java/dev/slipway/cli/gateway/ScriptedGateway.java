package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.events.EventType;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway that answers what a test told it to; contexts it takes as the real one does. */
public final class ScriptedGateway implements AutoCloseable {
    public static final String BUILD = "0123456789abcdef0123456789abcdef";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> contexts = ConcurrentHashMap.newKeySet();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> submitted = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, List<String>>> submittedHeaders = Collections.synchronizedList(new ArrayList<>());
    private final List<Optional<String>> resumedAfter = Collections.synchronizedList(new ArrayList<>());
    private final Deque<String> streams = new ArrayDeque<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(int status, String body) {}

    public ScriptedGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        answer("POST /v1/events", 202, "{\"buildId\":\"%s\"}".formatted(BUILD));
        answer("POST /v1/traces", 200, "{}");
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answer(String methodAndPath, int status, String body) {
        answers.put(methodAndPath, new Answer(status, body));
    }

    /** What the next connection to a stream of events sends before it is closed. */
    public synchronized void stream(String... events) {
        streams.add(String.join("", events));
    }

    public static String event(String id, EventType type, String data) {
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(
                        id,
                        type.ceType(),
                        "{\"specversion\":\"1.0\",\"id\":\"e%s\",\"type\":\"%s\",\"time\":\"2026-03-02T09:14:0%s.5Z\",\"correlationid\":\"%s\",\"data\":%s}"
                                .formatted(id, type.ceType(), id, BUILD, data));
    }

    /** Method and path of every request, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public List<String> submitted() {
        return List.copyOf(submitted);
    }

    public List<Map<String, List<String>>> submittedHeaders() {
        return List.copyOf(submittedHeaders);
    }

    /** {@code Last-Event-ID} of every connection to a stream. */
    public List<Optional<String>> resumedAfter() {
        return List.copyOf(resumedAfter);
    }

    public Set<String> contexts() {
        return Set.copyOf(contexts);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(method + " " + path);
            Answer told = answers.get(method + " " + path);
            if (path.startsWith("/v1/contexts/")) {
                context(exchange, method, path.substring("/v1/contexts/".length()), body);
            } else if (path.equals("/v1/events") && method.equals("POST")) {
                submitted.add(new String(body, UTF_8));
                submittedHeaders.add(Map.copyOf(exchange.getRequestHeaders()));
                send(exchange, Objects.requireNonNull(told));
            } else if (told != null) {
                send(exchange, told);
            } else if (path.endsWith("/events")) {
                stream(exchange);
            } else {
                send(
                        exchange,
                        new Answer(404, "{\"errors\":[{\"code\":\"NOT_FOUND\",\"message\":\"nothing is there\"}]}"));
            }
        }
    }

    private void context(HttpExchange exchange, String method, String digest, byte[] body) throws IOException {
        if (method.equals("HEAD")) {
            exchange.sendResponseHeaders(contexts.contains(digest) ? 200 : 404, -1);
        } else if (Digest.of(body).value().equals(digest)) {
            contexts.add(digest);
            exchange.sendResponseHeaders(201, -1);
        } else {
            send(
                    exchange,
                    new Answer(400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"not what was sent\"}]}"));
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        resumedAfter.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        String events;
        synchronized (this) {
            events = streams.poll();
        }
        if (events == null) {
            send(exchange, new Answer(503, "{\"errors\":[{\"code\":\"BUS_DOWN\",\"message\":\"no more streams\"}]}"));
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(events.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
