package dev.slipway.policy.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.policy.input.Type.Anything;
import dev.slipway.policy.input.Type.ListOf;
import dev.slipway.policy.input.Type.MapOfText;
import dev.slipway.policy.input.Type.Scalar;
import dev.slipway.policy.input.Type.Struct;
import java.util.List;
import java.util.Map;

/** Looks whether a document is as the input is declared. */
final class CheckInput {
    private CheckInput() {}

    /** @throws IllegalArgumentException naming the first field that is not */
    static void check(JsonNode document) {
        check("input", new Struct(InputTypes.INPUT), document);
    }

    private static void check(String path, Type type, JsonNode value) {
        switch (type) {
            case Scalar scalar ->
                require(
                        scalar.equals(Type.TEXT)
                                ? value.isTextual()
                                : value.canConvertToLong() && value.isIntegralNumber(),
                        path,
                        scalar.name());
            case ListOf list -> {
                require(value.isArray(), path, "a list");
                for (int i = 0; i < value.size(); i++) {
                    check(path + "[" + i + "]", list.element(), value.path(i));
                }
            }
            case MapOfText _ -> {
                require(value.isObject(), path, "an object");
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    check(path + "['" + entry.getKey() + "']", Type.TEXT, entry.getValue());
                }
            }
            case Struct struct -> struct(path, InputTypes.fields(struct.name()), value);
            case Anything _ -> {}
        }
    }

    private static void struct(String path, List<Field> fields, JsonNode value) {
        require(value.isObject(), path, "an object");
        for (Field field : fields) {
            JsonNode there = value.get(field.name());
            if (there != null) {
                check(path + "." + field.name(), field.type(), there);
            } else if (!field.optional()) {
                throw new IllegalArgumentException("%s.%s is missing".formatted(path, field.name()));
            }
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (fields.stream().noneMatch(field -> field.name().equals(entry.getKey()))) {
                throw new IllegalArgumentException("%s.%s is not known".formatted(path, entry.getKey()));
            }
        }
    }

    private static void require(boolean holds, String path, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("%s must be %s".formatted(path, wanted));
        }
    }
}
