package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every property of a schema is a component of the record, with a type that fits, and the other way round. */
class SchemaShapeTest {

    @ParameterizedTest
    @EnumSource
    void schemaHasTheShapeOfTheRecord(EventType type) {
        Resolved schema = new Resolved(Contract.nameOf(type) + ".json", Contract.schemaDocument(type));

        compareRecord(type.payload(), schema, type.name());
    }

    /** A schema node and the file it stands in, which relative references start from. */
    private record Resolved(String file, JsonNode node) {
        Resolved property(String name) {
            return new Resolved(file, node.path("properties").path(name)).target();
        }

        Resolved child(String keyword) {
            return new Resolved(file, node.path(keyword)).target();
        }

        Resolved target() {
            if (!node.has("$ref")) {
                return this;
            }
            String ref = node.path("$ref").asText();
            int hash = ref.indexOf('#');
            String targetFile = hash == 0 ? file : hash < 0 ? ref : ref.substring(0, hash);
            JsonNode document = Contract.resource("/dev/slipway/events/schemas/" + targetFile);
            JsonNode found = hash < 0 ? document : document.at(ref.substring(hash + 1));
            assertThat(found.isMissingNode())
                    .as("%s in %s leads nowhere", ref, file)
                    .isFalse();
            return new Resolved(targetFile, found).target();
        }
    }

    private static void compare(Type javaType, Resolved schema, String where) {
        String jsonType = schema.node().path("type").asText();
        switch (javaType) {
            case Class<?> c when c.isRecord() -> compareRecord(c, schema, where);
            case Class<?> c
            when c.isEnum() -> assertThat(enumOf(schema)).as(where).isEqualTo(constants(c));
            case Class<?> c when c.isSealed() -> compareAlternatives(c, schema, where);
            case Class<?> c
            when c == String.class ->
                assertThat(jsonType.equals("string") || schema.node().has("enum"))
                        .as(where)
                        .isTrue();
            case Class<?> c
            when c == boolean.class -> assertThat(jsonType).as(where).isEqualTo("boolean");
            case Class<?> c
            when c == int.class || c == long.class || c == Integer.class ->
                assertThat(jsonType).as(where).isEqualTo("integer");
            case Class<?> c
            when c == Double.class -> assertThat(jsonType).as(where).isEqualTo("number");
            case Class<?> c
            when c == Instant.class ->
                assertThat(schema.node().path("format").asText()).as(where).isEqualTo("date-time");
            case Class<?> c
            when c == Duration.class ->
                assertThat(schema.node().path("pattern").asText()).as(where).startsWith("^P");
            case ParameterizedType p
            when p.getRawType() == List.class -> {
                assertThat(schema.node().path("type").toString()).as(where).contains("array");
                compare(p.getActualTypeArguments()[0], schema.child("items"), where + "[]");
            }
            case ParameterizedType p
            when p.getRawType() == Map.class -> {
                assertThat(jsonType).as(where).isEqualTo("object");
                compare(p.getActualTypeArguments()[1], schema.child("additionalProperties"), where + "{}");
            }
            default -> fail("%s: this test knows no schema for %s", where, javaType);
        }
    }

    private static void compareRecord(Class<?> type, Resolved schema, String where) {
        Set<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        assertThat(names(schema.node().path("properties"))).as(where).isEqualTo(components);
        assertRequired(type, schema, where);
        for (RecordComponent component : type.getRecordComponents()) {
            compare(
                    component.getGenericType(),
                    schema.property(component.getName()),
                    where + "." + component.getName());
        }
    }

    /** What may be null may be absent; what may not be null must be there, unless the record has a default for it. */
    private static void assertRequired(Class<?> type, Resolved schema, String where) {
        Set<String> notNull = Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .filter(component -> !isLeftOutWhenEmpty(component.getAccessor()))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        Set<String> required = schema.node()
                .path("required")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        boolean hasDefaults = RequestEvent.class.isAssignableFrom(type) || isLeftOutWhenEmpty(type);
        if (hasDefaults) {
            assertThat(notNull).as(where).containsAll(required);
        } else {
            assertThat(required).as(where).isEqualTo(notNull);
        }
    }

    private static boolean isLeftOutWhenEmpty(AnnotatedElement element) {
        JsonInclude inclusion = element.getAnnotation(JsonInclude.class);
        return inclusion != null && inclusion.value() == JsonInclude.Include.NON_EMPTY;
    }

    private static void compareAlternatives(Class<?> type, Resolved schema, String where) {
        JsonSubTypes.Type[] alternatives =
                type.getAnnotation(JsonSubTypes.class).value();
        assertThat(names(schema.node().path("properties")))
                .as(where)
                .isEqualTo(
                        Arrays.stream(alternatives).map(JsonSubTypes.Type::name).collect(Collectors.toSet()));
        assertThat(schema.node().path("minProperties").asInt()).as(where).isEqualTo(1);
        assertThat(schema.node().path("maxProperties").asInt()).as(where).isEqualTo(1);
        for (JsonSubTypes.Type alternative : alternatives) {
            compareRecord(alternative.value(), schema.property(alternative.name()), where + "." + alternative.name());
        }
    }

    private static Set<String> constants(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(constant -> Contract.JSON.valueToTree(constant).asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> enumOf(Resolved schema) {
        return schema.node().path("enum").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
