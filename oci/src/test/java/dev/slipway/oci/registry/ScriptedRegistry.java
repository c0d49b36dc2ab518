package dev.slipway.oci.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry that answers by a script, faults included. It runs in the JDK's HTTP server on loopback. */
final class ScriptedRegistry implements AutoCloseable {

    /** A request that came. */
    record Seen(String method, String target, Optional<String> authorization, Optional<String> range, long bodyLength) {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** One answer. It gets what came of the body, and may break off instead of answering. */
    @FunctionalInterface
    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    private record Rule(String method, String path, List<Step> steps, AtomicInteger next) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    ScriptedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String name() {
        return "127.0.0.1:" + port();
    }

    /** Answers requests of a method and path by the steps, one after the other; the last one stays. */
    ScriptedRegistry on(String method, String path, Step... steps) {
        rules.addFirst(new Rule(method, path, List.of(steps), new AtomicInteger()));
        return this;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** As {@code METHOD target}. */
    List<String> requests() {
        return seen.stream().map(Seen::toString).toList();
    }

    static Step status(int status, String... headers) {
        return body(status, "", headers);
    }

    static Step body(int status, String body, String... headers) {
        return body(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Step body(int status, byte[] body, String... headers) {
        return exchange -> {
            put(exchange, headers);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** Closes the connection instead of answering. */
    static Step breakOff() {
        return HttpExchange::close;
    }

    /** Announces a body and closes the connection in the middle of it. */
    static Step breakOffAfter(byte[] body, int sent, String... headers) {
        return exchange -> {
            put(exchange, headers);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, sent);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            long length = 0;
            try (InputStream body = exchange.getRequestBody()) {
                byte[] buffer = new byte[65_536];
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    length += read;
                }
            }
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Range"))
                            .or(() -> Optional.ofNullable(
                                    exchange.getRequestHeaders().getFirst("Range"))),
                    length));
            step(exchange).answer(exchange);
        }
    }

    private Step step(HttpExchange exchange) {
        for (Rule rule : new ArrayList<>(rules)) {
            if (rule.method().equals(exchange.getRequestMethod())
                    && rule.path().equals(exchange.getRequestURI().getPath())) {
                int next = rule.next().getAndIncrement();
                return rule.steps().get(Math.min(next, rule.steps().size() - 1));
            }
        }
        return status(404);
    }

    private static void put(HttpExchange exchange, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
    }
}
