package dev.slipway.cli.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.json.JsonText;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes JSON trees. */
public final class Json {
    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Empty where the text is no JSON. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(JsonTrees.read(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A text property, empty where it is missing, null or no text. */
    public static Optional<String> text(JsonNode node, String property) {
        JsonNode value = node.get(property);
        return value == null || !value.isValueNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** Compact. */
    public static String write(JsonNode node) {
        return JsonText.of(node);
    }

    public static String pretty(JsonNode node) {
        return JsonText.pretty(node);
    }
}
