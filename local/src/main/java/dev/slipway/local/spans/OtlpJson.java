package dev.slipway.local.spans;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** OTLP's JSON, which is protobuf's but for ids in hex and enumerations as numbers (OTLP 1.x, "JSON Protobuf Encoding"). */
final class OtlpJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpJson() {}

    /** Throws {@link IllegalArgumentException} for ids and numbers that are none. */
    static ExportTraceServiceRequest read(byte[] body) throws IOException {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (JsonNode resource : JSON.readTree(body).path("resourceSpans")) {
            ResourceSpans.Builder resourceSpans = request.addResourceSpansBuilder();
            resourceSpans
                    .getResourceBuilder()
                    .addAllAttributes(attributes(resource.path("resource").path("attributes")));
            for (JsonNode scope : resource.path("scopeSpans")) {
                ScopeSpans.Builder scopeSpans = resourceSpans.addScopeSpansBuilder();
                scope.path("spans").forEach(span -> scopeSpans.addSpans(span(span)));
            }
        }
        return request.build();
    }

    private static Span span(JsonNode json) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(hex(json.path("traceId")))
                .setSpanId(hex(json.path("spanId")))
                .setParentSpanId(hex(json.path("parentSpanId")))
                .setName(json.path("name").asText(""))
                .setKindValue(number(json.path("kind")))
                .setStartTimeUnixNano(nanos(json.path("startTimeUnixNano")))
                .setEndTimeUnixNano(nanos(json.path("endTimeUnixNano")))
                .addAllAttributes(attributes(json.path("attributes")))
                .setStatus(Status.newBuilder()
                        .setCodeValue(number(json.path("status").path("code")))
                        .setMessage(json.path("status").path("message").asText("")));
        for (JsonNode link : json.path("links")) {
            span.addLinksBuilder().setTraceId(hex(link.path("traceId"))).setSpanId(hex(link.path("spanId")));
        }
        for (JsonNode event : json.path("events")) {
            span.addEventsBuilder()
                    .setName(event.path("name").asText(""))
                    .setTimeUnixNano(nanos(event.path("timeUnixNano")))
                    .addAllAttributes(attributes(event.path("attributes")));
        }
        return span.build();
    }

    private static List<KeyValue> attributes(JsonNode json) {
        List<KeyValue> attributes = new ArrayList<>();
        for (JsonNode attribute : json) {
            attributes.add(KeyValue.newBuilder()
                    .setKey(attribute.path("key").asText(""))
                    .setValue(value(attribute.path("value")))
                    .build());
        }
        return attributes;
    }

    private static AnyValue value(JsonNode json) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (json.has("stringValue")) {
            value.setStringValue(json.path("stringValue").asText(""));
        } else if (json.has("boolValue")) {
            value.setBoolValue(json.path("boolValue").asBoolean());
        } else if (json.has("intValue")) {
            value.setIntValue(Long.parseLong(json.path("intValue").asText("0")));
        } else if (json.has("doubleValue")) {
            value.setDoubleValue(Double.parseDouble(json.path("doubleValue").asText("0")));
        } else if (json.has("arrayValue")) {
            json.path("arrayValue")
                    .path("values")
                    .forEach(element -> value.getArrayValueBuilder().addValues(value(element)));
        } else if (json.has("kvlistValue")) {
            value.getKvlistValueBuilder()
                    .addAllValues(attributes(json.path("kvlistValue").path("values")));
        } else if (json.has("bytesValue")) {
            value.setBytesValue(ByteString.copyFrom(
                    Base64.getDecoder().decode(json.path("bytesValue").asText(""))));
        }
        return value.build();
    }

    private static ByteString hex(JsonNode text) {
        return ByteString.copyFrom(HexFormat.of().parseHex(text.asText("")));
    }

    private static int number(JsonNode json) {
        return json.isMissingNode() || json.isNull() ? 0 : Integer.parseInt(json.asText("0"));
    }

    private static long nanos(JsonNode json) {
        return json.isMissingNode() || json.isNull() ? 0 : Long.parseUnsignedLong(json.asText("0"));
    }
}
