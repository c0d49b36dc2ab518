package dev.slipway.local.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Status, headers, body. {@code Content-Length} comes from the body; the body of an answer to HEAD is not sent.
 */
public record Answer(int status, Map<String, String> headers, Body body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status) {
        return new Answer(status, Map.of(), Body.empty());
    }

    public static Answer json(int status, String json) {
        return json(status, json.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(int status, byte[] json) {
        return of(status).with("Content-Type", "application/json").with(Body.of(json));
    }

    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    public Answer with(Body newBody) {
        return new Answer(status, headers, newBody);
    }
}
