package dev.slipway.local.spans;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Turns what OTLP delivers into the form of {@code GET /v1/traces/ID}. */
final class SpanTexts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int TRACE_ID_BYTES = 16;

    private SpanTexts() {}

    /** Spans with an id that is not one are left out, as the protocol demands. */
    static List<SpanText> of(ExportTraceServiceRequest request) {
        List<SpanText> texts = new ArrayList<>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            String service = service(resource);
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    if (span.getTraceId().size() == TRACE_ID_BYTES) {
                        texts.add(new SpanText(
                                hex(span.getTraceId()), json(service, span).toString()));
                    }
                }
            }
        }
        return texts;
    }

    private static String service(ResourceSpans resource) {
        return resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("unknown_service");
    }

    private static ObjectNode json(String service, Span span) {
        ObjectNode json = JSON.objectNode()
                .put("spanId", hex(span.getSpanId()))
                .put("parentSpanId", hex(span.getParentSpanId()))
                .put("name", span.getName())
                .put("service", service)
                .put("kind", span.getKind().name().replace("SPAN_KIND_", ""))
                .put("startTime", time(span.getStartTimeUnixNano()))
                .put("endTime", time(span.getEndTimeUnixNano()))
                .put("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()))
                .put("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
        json.set("status", status(span.getStatus()));
        json.set("attributes", attributes(span.getAttributesList()));
        json.set("links", links(span));
        json.set("events", events(span));
        return json;
    }

    private static ObjectNode status(Status status) {
        return JSON.objectNode()
                .put("code", status.getCode().name().replace("STATUS_CODE_", ""))
                .put("message", status.getMessage());
    }

    private static ArrayNode links(Span span) {
        ArrayNode links = JSON.arrayNode();
        for (Span.Link link : span.getLinksList()) {
            links.addObject().put("traceId", hex(link.getTraceId())).put("spanId", hex(link.getSpanId()));
        }
        return links;
    }

    private static ArrayNode events(Span span) {
        ArrayNode events = JSON.arrayNode();
        for (Span.Event event : span.getEventsList()) {
            events.addObject()
                    .put("name", event.getName())
                    .put("time", time(event.getTimeUnixNano()))
                    .set("attributes", attributes(event.getAttributesList()));
        }
        return events;
    }

    private static ObjectNode attributes(List<KeyValue> attributes) {
        ObjectNode json = JSON.objectNode();
        attributes.forEach(attribute -> json.set(attribute.getKey(), value(attribute.getValue())));
        return json;
    }

    private static JsonNode value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> JSON.textNode(value.getStringValue());
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> JSON.numberNode(value.getDoubleValue());
            case BYTES_VALUE -> JSON.binaryNode(value.getBytesValue().toByteArray());
            case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
            case ARRAY_VALUE -> {
                ArrayNode array = JSON.arrayNode();
                value.getArrayValue().getValuesList().forEach(element -> array.add(value(element)));
                yield array;
            }
            case VALUE_NOT_SET -> JSON.nullNode();
            default -> JSON.nullNode();
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static String time(long epochNanos) {
        return Instant.ofEpochSecond(
                        Long.divideUnsigned(epochNanos, 1_000_000_000L),
                        Long.remainderUnsigned(epochNanos, 1_000_000_000L))
                .toString();
    }
}
