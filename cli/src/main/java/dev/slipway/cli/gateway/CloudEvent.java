package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.events.EventType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event to be sent in the HTTP binding's binary mode (CloudEvents 1.0). */
public record CloudEvent(String id, String source, EventType type, Instant time, String traceparent, String json) {

    byte[] body() {
        return json.getBytes(UTF_8);
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", id);
        headers.put("ce-source", source);
        headers.put("ce-type", type.ceType());
        headers.put("ce-dataschema", type.dataSchema());
        headers.put("ce-time", time.toString());
        headers.put("ce-traceparent", traceparent);
        return headers;
    }
}
