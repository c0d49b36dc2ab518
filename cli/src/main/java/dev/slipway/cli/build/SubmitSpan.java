package dev.slipway.cli.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.json.Json;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The span of asking for a build, in OTLP's JSON form (OpenTelemetry protocol 1, "OTLP/HTTP"). It ends when the request is
 * accepted and not when the build is: so it is there whatever becomes of this process.
 */
record SubmitSpan(TraceContext context, Instant began, Instant accepted, String buildId, SentContext sent) {
    private static final int KIND_PRODUCER = 4;

    /** As all services say: Jaeger warns of children outside their parent's time only where the clocks are others. */
    private static final String ONE_CLOCK = "slipway";

    byte[] otlpJson() {
        ObjectNode span = Json.object()
                .put("traceId", context.traceId())
                .put("spanId", context.spanId())
                .put("name", "slipway build")
                .put("kind", KIND_PRODUCER)
                .put("startTimeUnixNano", nanos(began))
                .put("endTimeUnixNano", nanos(accepted));
        context.parentSpanId().ifPresent(parent -> span.put("parentSpanId", parent));
        ArrayNode attributes = span.putArray("attributes");
        text(attributes, "slipway.build.id", buildId);
        number(attributes, "slipway.context.bytes", sent.packedBytes());
        number(attributes, "slipway.context.sent_bytes", sent.sentBytes());
        ObjectNode resourceSpans = Json.object();
        ArrayNode resource = resourceSpans.putObject("resource").putArray("attributes");
        text(resource, "service.name", "slipway");
        text(resource, "ip", ONE_CLOCK);
        ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", "dev.slipway.cli");
        scopeSpans.putArray("spans").add(span);
        ObjectNode document = Json.object();
        document.putArray("resourceSpans").add(resourceSpans);
        return Json.write(document).getBytes(UTF_8);
    }

    private static String nanos(Instant time) {
        return Long.toString(TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
    }

    private static void text(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    private static void number(ArrayNode attributes, String key, long value) {
        attributes.addObject().put("key", key).putObject("value").put("intValue", Long.toString(value));
    }
}
