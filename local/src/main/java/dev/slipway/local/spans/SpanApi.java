package dev.slipway.local.spans;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Handler;
import dev.slipway.local.http.Request;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** {@code POST /v1/traces} (OTLP/HTTP) and {@code GET /v1/traces/ID}. */
record SpanApi(SpanStore store, Forwarding forwarding) implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TRACE = Pattern.compile("/v1/traces/([0-9a-f]{32})");
    private static final Comparator<JsonNode> BY_START =
            Comparator.comparingLong(span -> span.path("startTimeUnixNano").asLong());

    /** Exporters send a few hundred spans at once. */
    private static final int LARGEST = 16 * 1024 * 1024;

    @Override
    public Answer handle(Request request) throws IOException {
        Matcher trace = TRACE.matcher(request.path());
        if (request.method().equals("POST") && request.path().equals("/v1/traces")) {
            return export(request);
        }
        if (request.method().equals("GET") && trace.matches()) {
            return trace(String.valueOf(trace.group(1)));
        }
        return error(404, "NOT_FOUND", "nothing is at %s %s".formatted(request.method(), request.path()));
    }

    private Answer export(Request request) throws IOException {
        String contentType =
                request.header("content-type").orElse("").split(";", 2)[0].strip();
        boolean json = contentType.equals("application/json");
        if (!json && !contentType.equals("application/x-protobuf")) {
            return error(
                    415,
                    "MEDIA_TYPE",
                    "spans come as application/x-protobuf or application/json, not '%s'".formatted(contentType));
        }
        byte[] body;
        ExportTraceServiceRequest spans;
        try {
            body = body(request);
            if (body.length > LARGEST) {
                return error(413, "TOO_LARGE", "more than %d bytes of spans".formatted(LARGEST));
            }
            spans = json ? OtlpJson.read(body) : ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException | JsonProcessingException | ZipException | IllegalArgumentException e) {
            return error(400, "MALFORMED", "not %s of OTLP: %s".formatted(contentType, e.getMessage()));
        }
        store.append(SpanTexts.of(spans));
        forwarding.offer(new Export(contentType, body));
        return json ? Answer.json(200, "{}") : Answer.of(200).with("Content-Type", contentType);
    }

    private static byte[] body(Request request) throws IOException {
        String encoding = request.header("content-encoding").orElse("identity");
        return switch (encoding) {
            case "identity" -> request.body().readNBytes(LARGEST + 1);
            case "gzip" -> {
                try (InputStream plain = new GZIPInputStream(request.body())) {
                    yield plain.readNBytes(LARGEST + 1);
                }
            }
            default -> throw new IllegalArgumentException("Content-Encoding '%s'".formatted(encoding));
        };
    }

    /** A span that was exported twice is answered once. */
    private Answer trace(String traceId) throws IOException {
        Map<String, JsonNode> spans = new LinkedHashMap<>();
        for (String text : store.trace(traceId)) {
            JsonNode span = JSON.readTree(text);
            spans.put(span.path("spanId").asText(""), span);
        }
        if (spans.isEmpty()) {
            return error(404, "TRACE_UNKNOWN", "no span of trace %s came here".formatted(traceId));
        }
        ObjectNode answer = JSON.createObjectNode().put("traceId", traceId);
        answer.putArray("spans").addAll(spans.values().stream().sorted(BY_START).toList());
        return Answer.json(200, JSON.writeValueAsBytes(answer));
    }

    private static Answer error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return Answer.json(status, body.toString());
    }
}
