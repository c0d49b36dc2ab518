package dev.slipway.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.gateway.RequestDocument;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads CloudEvents as the HTTP protocol binding 1.0 carries them: in binary mode and in structured mode. */
final class CloudEventBodies {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String ANY_CLOUD_EVENTS = "application/cloudevents";
    private static final String PREFIX = "ce-";
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private CloudEventBodies() {}

    /** The body is no CloudEvent in a form that is read. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        UnreadableException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * Reads an event.
     *
     * @param headers by names in lower case
     */
    static RequestDocument read(Map<String, String> headers, byte[] body) throws UnreadableException {
        String contentType = mediaType(headers.getOrDefault("content-type", ""));
        if (contentType.equals(STRUCTURED)) {
            return structured(headers, body);
        }
        if (contentType.startsWith(ANY_CLOUD_EVENTS)) {
            throw new UnreadableException(415, "'%s' is not read; %s is".formatted(contentType, STRUCTURED));
        }
        return binary(headers, contentType, body);
    }

    private static RequestDocument binary(Map<String, String> headers, String contentType, byte[] body) {
        Map<String, String> attributes = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), percentDecoded(value));
            }
        });
        if (!contentType.isEmpty()) {
            attributes.put("datacontenttype", contentType);
        }
        addTrace(attributes, headers);
        return new RequestDocument(attributes, new String(body, UTF_8));
    }

    private static RequestDocument structured(Map<String, String> headers, byte[] body) throws UnreadableException {
        JsonNode event;
        try {
            event = JSON.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException e) {
            throw new UnreadableException(400, "the event is not JSON: " + e.getOriginalMessage());
        }
        if (!event.isObject()) {
            throw new UnreadableException(400, "the event is no JSON object");
        }
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : event.properties()) {
            boolean attribute = !property.getKey().equals("data")
                    && !property.getKey().equals("data_base64")
                    && property.getValue().isValueNode()
                    && !property.getValue().isNull();
            if (attribute) {
                attributes.put(property.getKey(), property.getValue().asText());
            }
        }
        addTrace(attributes, headers);
        return new RequestDocument(attributes, data(event));
    }

    private static String data(JsonNode event) throws UnreadableException {
        if (!event.has("data_base64")) {
            return event.has("data") ? event.path("data").toString() : "";
        }
        try {
            return new String(
                    Base64.getDecoder().decode(event.path("data_base64").asText()), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(400, "data_base64 is not Base64: " + e.getMessage());
        }
    }

    /** The trace of the call is the trace of the request, unless the event names one itself. */
    private static void addTrace(Map<String, String> attributes, Map<String, String> headers) {
        String ofTheCall = headers.get("traceparent");
        if (ofTheCall != null) {
            attributes.putIfAbsent("traceparent", ofTheCall);
        }
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** HTTP binding 1.0, section 3.1.3.2. What is no percent-encoding stays as it is. */
    private static String percentDecoded(String value) {
        try {
            return value.indexOf('%') < 0 ? value : URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
