package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.GatewayFailure.Kind;
import dev.slipway.cli.json.Json;
import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/**
 * One request and its answer. It uses {@link HttpURLConnection}, which loads a fraction of the classes that the newer client
 * needs: the command line's start is most of what a short command takes.
 */
final class Exchange {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int READ_TIMEOUT_MILLIS = 60_000;
    private static final int LONGEST_ANSWER_SHOWN = 500;

    private final URI gateway;
    private final String method;
    private final String path;

    Exchange(URI gateway, String method, String path) {
        this.gateway = gateway;
        this.method = method;
        this.path = path;
    }

    /** An answer whose body was read to its end. */
    record Answer(int status, String text) {}

    Answer send(Map<String, String> headers) {
        return send(headers, BlobSource.of(new byte[0]), -1);
    }

    Answer send(Map<String, String> headers, byte[] body) {
        return send(headers, BlobSource.of(body), body.length);
    }

    /** Sends a body of so many bytes, or none where that is negative. */
    Answer send(Map<String, String> headers, BlobSource body, long size) {
        HttpURLConnection connection = open(headers, READ_TIMEOUT_MILLIS);
        try {
            if (size >= 0) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(size);
                try (OutputStream out = connection.getOutputStream();
                        InputStream content = body.open()) {
                    content.transferTo(out);
                }
            }
            int status = connection.getResponseCode();
            try (InputStream in = bodyOf(connection, status)) {
                return new Answer(status, text(in));
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Opens a stream of events; the caller closes it. Fails unless the answer is 200. */
    InputStream stream(Map<String, String> headers, int readTimeoutMillis) {
        HttpURLConnection connection = open(headers, readTimeoutMillis);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                try (InputStream in = bodyOf(connection, status)) {
                    throw refused(new Answer(status, text(in)));
                }
            }
            return connection.getInputStream();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    GatewayFailure refused(Answer answer) {
        Kind kind = answer.status() >= 500 ? Kind.UNAVAILABLE : answer.status() == 404 ? Kind.NOT_FOUND : Kind.REFUSED;
        return new GatewayFailure(
                kind,
                "the gateway at %s answered %d to %s %s%s"
                        .formatted(gateway, answer.status(), method, path, reasons(answer)),
                null);
    }

    private GatewayFailure unreachable(IOException e) {
        return new GatewayFailure(
                Kind.UNAVAILABLE,
                "the gateway at %s cannot be reached (%s %s: %s)".formatted(gateway, method, path, e.getMessage()),
                e);
    }

    private HttpURLConnection open(Map<String, String> headers, int readTimeoutMillis) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) gateway.resolve(path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
            connection.setReadTimeout(readTimeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            headers.forEach(connection::setRequestProperty);
            return connection;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    private static InputStream bodyOf(HttpURLConnection connection, int status) throws IOException {
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return in == null ? InputStream.nullInputStream() : in;
    }

    /** {@code {"errors":[{"code","message","pointer"?}]}}, or whatever came instead. */
    private static String reasons(Answer answer) {
        String text = answer.text().strip();
        StringBuilder reasons = new StringBuilder();
        for (JsonNode error : Json.read(text).map(tree -> tree.path("errors")).orElseGet(Json::array)) {
            reasons.append("\n  ").append(Json.text(error, "message").orElseGet(error::toString));
            Json.text(error, "pointer")
                    .filter(pointer -> !pointer.isEmpty())
                    .ifPresent(
                            pointer -> reasons.append(" (at ").append(pointer).append(')'));
        }
        if (reasons.isEmpty() && !text.isEmpty()) {
            reasons.append(": ").append(text, 0, Math.min(text.length(), LONGEST_ANSWER_SHOWN));
        }
        return reasons.toString();
    }
}
