package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records, JSON Schemas and golden examples say the same. */
class ContractTest {

    @ParameterizedTest
    @EnumSource
    void schemaIsNamedByItsDataSchema(EventType type) {
        JsonNode schema = Contract.schemaDocument(type);

        assertThat(schema.path("$id").asText()).isEqualTo(type.dataSchema());
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asText()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void goldenExampleIsValid(EventType type) {
        assertThat(Contract.violations(type, Contract.golden(type))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void goldenExampleSurvivesReadingAndWriting(EventType type) {
        JsonNode golden = Contract.golden(type);

        JsonNode written = Contract.write(Contract.read(type, golden));

        assertThat(written).isEqualTo(golden);
    }

    @ParameterizedTest
    @EnumSource
    void goldenExampleShowsEveryProperty(EventType type) {
        Set<String> declared = names(Contract.schemaDocument(type).path("properties"));

        assertThat(names(Contract.golden(type))).isEqualTo(declared);
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionalPropertyMayBeAbsent(EventType type) {
        List<String> required = texts(Contract.schemaDocument(type).path("required"));
        for (String property : names(Contract.golden(type))) {
            ObjectNode without = Contract.golden(type).deepCopy();
            without.remove(property);

            if (required.contains(property)) {
                assertThat(Contract.violations(type, without))
                        .as("without the required %s", property)
                        .isNotEmpty();
            } else {
                assertThat(Contract.violations(type, without))
                        .as("without the optional %s", property)
                        .isEmpty();
                assertThat(Contract.violations(type, Contract.write(Contract.read(type, without))))
                        .as("read and written without the optional %s", property)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsRefuseWhatNobodyKnowsAndFactsAllowAdditions(EventType type) {
        ObjectNode more = Contract.golden(type).deepCopy();
        more.put("platfroms", "linux/amd64");

        List<String> violations = Contract.violations(type, more);

        if (RequestEvent.class.isAssignableFrom(type.payload())) {
            assertThat(violations).singleElement().asString().contains("platfroms");
        } else {
            assertThat(violations).isEmpty();
            assertThat(Contract.read(type, more)).isEqualTo(Contract.read(type, Contract.golden(type)));
        }
    }

    @Test
    void noFileIsLeftOver() throws IOException {
        Set<String> expected = Arrays.stream(EventType.values())
                .map(type -> Contract.nameOf(type) + ".json")
                .collect(Collectors.toSet());

        assertThat(fileNames(Path.of("src/test/resources/golden"))).isEqualTo(expected);
        expected.add("common.v1.json");
        assertThat(fileNames(Path.of("src/main/resources/dev/slipway/events/schemas")))
                .isEqualTo(expected);
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static Set<String> fileNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
