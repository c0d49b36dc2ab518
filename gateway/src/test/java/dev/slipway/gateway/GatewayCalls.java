package dev.slipway.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventIds;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of the gateway as its clients make them. */
public final class GatewayCalls {
    public static final ObjectMapper JSON = new ObjectMapper();
    public static final String SOURCE = "/test";
    public static final String TYPE = "dev.slipway.build.requested.v1";
    public static final String TIME = "2026-03-02T12:00:00Z";
    public static final String GOOD = """
            {"source":{"git":{"url":"https://github.com/acme/shop","revision":"%s"}},
             "platforms":"linux/amd64","tags":["127.0.0.1:5000/acme/shop:1"],"requester":"ci"}""".formatted("a".repeat(40));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    private GatewayCalls(URI url) {
        this.url = url;
    }

    /** The gateway that this test runs against. */
    public static GatewayCalls running() {
        return new GatewayCalls(URI.create("http://127.0.0.1:" + RestAssured.port));
    }

    /** An answer whose body was read. */
    public record Answer(int status, Map<String, List<String>> headers, String text) {
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        public List<String> codes() {
            return json().path("errors").findValuesAsText("code");
        }
    }

    public static String buildId(String id) {
        return EventIds.buildId(SOURCE, id);
    }

    /** In binary mode. */
    public Answer submit(String id, String data, String... moreHeaders) {
        HttpRequest.Builder request = request("/v1/events")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", SOURCE)
                .header("ce-time", TIME)
                .POST(HttpRequest.BodyPublishers.ofString(data));
        for (int i = 0; i < moreHeaders.length; i += 2) {
            request.setHeader(moreHeaders[i], moreHeaders[i + 1]);
        }
        if (!List.of(moreHeaders).contains("ce-type")) {
            request.header("ce-type", TYPE);
        }
        return send(request);
    }

    public Answer post(String path, String contentType, byte[] body) {
        return send(
                request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer put(String path, String contentType, byte[] body) {
        return send(
                request(path).header("Content-Type", contentType).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer head(String path) {
        return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    public Answer get(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream of server-sent events. */
    public Stream stream(String path, String lastEventId) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) url.resolve(path).toURL().openConnection();
        connection.setRequestProperty("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", lastEventId);
        }
        connection.setReadTimeout(20_000);
        return new Stream(connection);
    }

    /** An event of a stream. */
    public record Sent(String id, String event, JsonNode data) {}

    /** A stream of server-sent events; reading fails after 20 seconds of silence. */
    public static final class Stream implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;

        Stream(HttpURLConnection connection) throws IOException {
            this.connection = connection;
            this.lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
        }

        public String contentType() {
            return connection.getContentType();
        }

        /** The next so many events, fewer where the stream ends. */
        public List<Sent> next(int count) throws IOException {
            List<Sent> events = new ArrayList<>();
            String id = "";
            String event = "";
            String data = "";
            String line = "";
            while (events.size() < count && line != null) {
                line = lines.readLine();
                if (line == null) {
                    continue;
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Sent(id, event, JSON.readTree(data)));
                    data = "";
                }
            }
            return events;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }
}
