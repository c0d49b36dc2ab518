package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The contract as files, and the settings with which services read and write payloads. */
final class Contract {

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaIdResolvers(
                    ids -> ids.mapPrefix("https://slipway.dev/schemas/", "classpath:dev/slipway/events/schemas/")));

    private Contract() {}

    static String nameOf(EventType type) {
        return type.ceType().substring("dev.slipway.".length());
    }

    static JsonNode schemaDocument(EventType type) {
        return resource(type.schemaResource());
    }

    static JsonNode golden(EventType type) {
        return resource("/golden/" + nameOf(type) + ".json");
    }

    static JsonNode asyncApi() {
        try (InputStream in = open("/dev/slipway/events/asyncapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schema of a type has to say against a payload, one text per violation. */
    static List<String> violations(EventType type, JsonNode payload) {
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of(type.dataSchema()));
        return schema
                .validate(payload, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    static Event read(EventType type, JsonNode payload) {
        try {
            return JSON.treeToValue(payload, type.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode write(Event event) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode resource(String name) {
        try (InputStream in = open(name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(
                Contract.class.getResourceAsStream(name), () -> "the contract lacks the file " + name);
    }
}
