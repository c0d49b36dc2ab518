package dev.slipway.oci.registry.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an error answer (distribution-spec 1.1, "Error Codes").
 *
 * @param codes as the registry wrote them
 * @param text for people: {@code CODE: message}, or the first line of whatever came
 */
record ErrorBody(List<String> codes, String text) {
    private static final int LONGEST = 500;
    private static final JsonMapper MAPPER = new JsonMapper();

    static ErrorBody parse(byte[] bytes) {
        try {
            JsonNode errors = MAPPER.readTree(bytes).path("errors");
            if (errors.isArray() && !errors.isEmpty()) {
                return of(errors);
            }
        } catch (JsonProcessingException e) {
            return plain(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
        return plain(bytes);
    }

    private static ErrorBody of(JsonNode errors) {
        List<String> codes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (JsonNode error : errors) {
            String code = error.path("code").asText("UNKNOWN");
            String message = error.path("message").asText("");
            codes.add(code);
            texts.add(message.isEmpty() ? code : code + ": " + message);
        }
        return new ErrorBody(List.copyOf(codes), cut(String.join("; ", texts)));
    }

    private static ErrorBody plain(byte[] bytes) {
        String line =
                new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        return new ErrorBody(List.of(), line.startsWith("<") ? "" : cut(line));
    }

    private static String cut(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable;
    }
}
