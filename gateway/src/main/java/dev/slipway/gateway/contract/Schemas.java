package dev.slipway.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.events.EventType;
import dev.slipway.gateway.Violation;
import dev.slipway.gateway.Violation.Code;
import java.util.List;
import java.util.Locale;

/** The JSON Schemas of the contract, and what they say in words that help. */
final class Schemas {
    private static final String IDS = "https://slipway.dev/schemas/";
    private static final String FILES = "classpath:dev/slipway/events/schemas/";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(IDS, FILES)));

    List<Violation> violations(EventType type, JsonNode data) {
        Schema schema = registry.getSchema(SchemaLocation.of(type.dataSchema()));
        return schema
                .validate(
                        data,
                        run -> run.executionConfig(
                                config -> config.formatAssertionsEnabled(true).locale(Locale.ROOT)))
                .stream()
                .map(this::violation)
                .toList();
    }

    private Violation violation(Error error) {
        String pointer = "/data" + error.getInstanceLocation();
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                new Violation(
                        Code.REQUEST_INVALID,
                        "'%s' is no property of this; the properties are %s"
                                .formatted(error.getProperty(), properties(error)),
                        pointer + "/" + escaped(error.getProperty()));
            case "required" ->
                new Violation(
                        Code.REQUEST_INVALID,
                        "'%s' is missing".formatted(error.getProperty()),
                        pointer + "/" + escaped(error.getProperty()));
            case "pattern" ->
                new Violation(
                        Code.REQUEST_INVALID,
                        "%s is not what is wanted: %s".formatted(quoted(error.getInstanceNode()), wanted(error)),
                        pointer);
            default ->
                new Violation(
                        Code.REQUEST_INVALID,
                        "%s: %s".formatted(quoted(error.getInstanceNode()), error.getMessage()),
                        pointer);
        };
    }

    private String properties(Error error) {
        return String.join(
                ", ",
                parent(error).path("properties").properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .toList());
    }

    /** The description beside the keyword, or the keyword's own value where there is none. */
    private String wanted(Error error) {
        String description = parent(error).path("description").asText();
        return description.isEmpty() ? error.getMessage() : description;
    }

    private JsonNode parent(Error error) {
        SchemaLocation keyword = error.getSchemaLocation();
        JsonNode document = registry.getSchema(
                        SchemaLocation.of(keyword.getAbsoluteIri().toString()))
                .getSchemaNode();
        String path = keyword.getFragment().toString();
        return document.at(path.substring(0, path.lastIndexOf('/')));
    }

    private static String quoted(JsonNode value) {
        String text = value.isTextual() ? "'" + value.asText() + "'" : value.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static String escaped(String property) {
        return property.replace("~", "~0").replace("/", "~1");
    }
}
