package dev.slipway.gateway.spans;

import dev.slipway.gateway.SpanStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/** Speaks OTLP/HTTP to a span store, and asks it for traces. */
public final class HttpSpanStore implements SpanStore {
    private static final int TIMEOUT = Math.toIntExact(Duration.ofSeconds(10).toMillis());

    private final URI base;

    /**
     * Makes a store.
     *
     * @param base URL, without a path
     */
    public HttpSpanStore(URI base) {
        this.base = base;
    }

    @Override
    public Answer export(String contentType, String encoding, InputStream body) {
        try {
            HttpURLConnection connection = open("/v1/traces");
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(0);
            connection.setRequestProperty("Content-Type", contentType);
            if (!encoding.isEmpty()) {
                connection.setRequestProperty("Content-Encoding", encoding);
            }
            try (var out = connection.getOutputStream()) {
                body.transferTo(out);
            }
            return answer(connection);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Answer trace(String traceId) {
        try {
            return answer(open("/v1/traces/" + traceId));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return new Answer(
                status,
                Objects.requireNonNullElse(connection.getContentType(), ""),
                body == null ? InputStream.nullInputStream() : body);
    }

    private SpanStoreUnavailableException unavailable(IOException e) {
        return new SpanStoreUnavailableException("span store %s: %s".formatted(base, e.getMessage()));
    }
}
