package dev.slipway.build.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Takes out of every URL in a document, wherever it stands in a text, what may let somebody in. */
final class PlainUrls {
    private static final Pattern USER = Pattern.compile("(?<=://)[^\\s/?#\"'<>]*@");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(?<=[?&;])([^=&;#\\s]*(?:token|secret|password|passwd|signature|credential|auth|key|sig)[^=&;#\\s]*=)[^&;#\\s]+");

    private PlainUrls() {}

    static JsonNode in(JsonNode document) {
        return switch (document.getNodeType()) {
            case OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                document.properties().forEach(field -> object.set(of(field.getKey()), in(field.getValue())));
                yield object;
            }
            case ARRAY -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                document.forEach(element -> array.add(in(element)));
                yield array;
            }
            case STRING -> JsonNodeFactory.instance.textNode(of(document.textValue()));
            case NUMBER, BOOLEAN, NULL, BINARY, MISSING, POJO -> document;
        };
    }

    /** Parameters keep their names. */
    static String of(String text) {
        return text.contains("://")
                ? PARAMETER.matcher(USER.matcher(text).replaceAll("")).replaceAll("$1")
                : text;
    }
}
