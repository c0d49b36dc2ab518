package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.events.EventType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event to be sent in the HTTP binding's binary mode (CloudEvents 1.0).
 *
 * @param traceparent without one, the trace follows from the build id
 */
public record CloudEvent(
        String id, String source, EventType type, Instant time, Optional<String> traceparent, String json) {

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
        traceparent.ifPresent(value -> headers.put("ce-traceparent", value));
        return headers;
    }
}
