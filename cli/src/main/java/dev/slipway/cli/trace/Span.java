package dev.slipway.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A finished span.
 *
 * @param startNanos since the epoch
 * @param error what its status says, where it failed
 * @param links how many spans it links to
 */
record Span(
        String spanId,
        Optional<String> parentSpanId,
        String service,
        String name,
        long startNanos,
        long endNanos,
        Optional<String> error,
        int links) {

    Duration duration() {
        return Duration.ofNanos(Math.max(0, endNanos - startNanos));
    }

    /** Reads {@code {"spans":[…]}} as the span store answers it. */
    static List<Span> of(JsonNode answer) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode span : answer.path("spans")) {
            spans.add(new Span(
                    span.path("spanId").asText(),
                    Json.text(span, "parentSpanId").filter(id -> !id.isEmpty()),
                    span.path("service").asText("?"),
                    span.path("name").asText(),
                    span.path("startTimeUnixNano").asLong(),
                    span.path("endTimeUnixNano").asLong(),
                    error(span.path("status")),
                    span.path("links").size()));
        }
        return spans;
    }

    private static Optional<String> error(JsonNode status) {
        String code = status.path("code").asText();
        boolean failed = code.equals("2") || code.endsWith("ERROR");
        return failed ? Optional.of(status.path("message").asText("")) : Optional.empty();
    }
}
