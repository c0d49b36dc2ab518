package dev.slipway.oci.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.json.JsonText;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON objects: field order kept, numbers kept as written, one field never twice. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Parses a document that must be one JSON object. */
    static ObjectNode parse(String what, byte[] bytes) {
        try {
            if (JsonTrees.read(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedDocumentException(what + " is not a JSON object", null);
        } catch (JsonProcessingException e) {
            throw new MalformedDocumentException(what + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedDocumentException(what + " cannot be read", e);
        }
    }

    /** Compact, fields in the order they have; the same object gives the same bytes. */
    static byte[] bytes(ObjectNode object) {
        return JsonText.bytes(object);
    }

    static @Nullable String text(String what, ObjectNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(what, field, "must be a string", value);
        }
        return value.textValue();
    }

    static String requiredText(String what, ObjectNode object, String field) {
        String value = text(what, object, field);
        if (value == null || value.isEmpty()) {
            throw new MalformedDocumentException("%s: '%s' is missing".formatted(what, field), null);
        }
        return value;
    }

    static long requiredLong(String what, ObjectNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(what, field, "must be a whole number", value);
        }
        return value.longValue();
    }

    static long optionalLong(String what, ObjectNode object, String field) {
        return isAbsent(object, field) ? 0 : requiredLong(what, object, field);
    }

    static boolean isAbsent(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull();
    }

    static @Nullable ObjectNode child(String what, ObjectNode object, String field) {
        if (isAbsent(object, field)) {
            return null;
        }
        if (object.get(field) instanceof ObjectNode child) {
            return child;
        }
        throw wrong(what, field, "must be an object", object.get(field));
    }

    /** The objects of an array; an absent one is empty. */
    static List<ObjectNode> children(String what, ObjectNode object, String field) {
        List<ObjectNode> children = new ArrayList<>();
        for (JsonNode element : array(what, object, field)) {
            if (!(element instanceof ObjectNode child)) {
                throw wrong(what, field, "must hold objects", element);
            }
            children.add(child);
        }
        return children;
    }

    static List<String> texts(String what, ObjectNode object, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(what, object, field)) {
            if (!element.isTextual()) {
                throw wrong(what, field, "must hold strings", element);
            }
            texts.add(element.textValue());
        }
        return Collections.unmodifiableList(texts);
    }

    static Map<String, String> map(String what, ObjectNode object, String field) {
        Map<String, String> map = new LinkedHashMap<>();
        ObjectNode child = child(what, object, field);
        if (child != null) {
            child.properties().forEach(entry -> {
                if (!entry.getValue().isTextual()) {
                    throw wrong(what, field + "." + entry.getKey(), "must be a string", entry.getValue());
                }
                map.put(entry.getKey(), entry.getValue().textValue());
            });
        }
        return Collections.unmodifiableMap(map);
    }

    /** Sets a field, or removes it where the value is null or empty. */
    static void put(ObjectNode object, String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            object.remove(field);
        } else {
            object.put(field, value);
        }
    }

    static void put(ObjectNode object, String field, Collection<String> values) {
        if (values.isEmpty()) {
            object.remove(field);
        } else {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(array::add);
            object.set(field, array);
        }
    }

    /** Keys in sorted order, as every Go tool writes them. */
    static void put(ObjectNode object, String field, Map<String, String> values) {
        if (values.isEmpty()) {
            object.remove(field);
        } else {
            ObjectNode child = object();
            values.keySet().stream().sorted().forEach(key -> child.put(key, values.get(key)));
            object.set(field, child);
        }
    }

    static void putAll(ObjectNode object, String field, Collection<ObjectNode> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        object.set(field, array);
    }

    private static Iterable<JsonNode> array(String what, ObjectNode object, String field) {
        if (isAbsent(object, field)) {
            return List.of();
        }
        if (object.get(field) instanceof ArrayNode array) {
            return array;
        }
        throw wrong(what, field, "must be an array", object.get(field));
    }

    static MalformedDocumentException wrong(String what, String field, String rule, @Nullable JsonNode value) {
        String shown = value == null ? "nothing" : value.toString();
        String cut = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
        return new MalformedDocumentException("%s: '%s' %s and is %s".formatted(what, field, rule, cut), null);
    }
}
