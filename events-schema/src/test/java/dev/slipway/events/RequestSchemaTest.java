package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.events.RequestEvent.BuildRequested;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build request may and may not say. */
class RequestSchemaTest {

    private static final String MINIMAL = """
            {"source": {"git": {"url": "https://github.com/acme/shop", "revision": "%s"}},
             "platforms": "linux/amd64", "tags": ["ghcr.io/acme/shop:1"]}""".formatted("a".repeat(40));

    @Test
    void minimalRequestIsValidAndGetsDefaults() throws Exception {
        JsonNode minimal = Contract.JSON.readTree(MINIMAL);

        BuildRequested request = (BuildRequested) Contract.read(EventType.BUILD_REQUESTED, minimal);

        assertThat(Contract.violations(EventType.BUILD_REQUESTED, minimal)).isEmpty();
        assertThat(request.file()).isEqualTo("Dockerfile");
        assertThat(request.timeout()).isEqualTo(BuildRequested.DEFAULT_TIMEOUT);
        assertThat(request.deadline()).isEqualTo(BuildRequested.DEFAULT_DEADLINE);
        assertThat(request.pool()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"linux/amd64\", \"linux/arm/v7\"]",
                "\"linux/amd64,linux/arm/v7\"",
                "\" linux/amd64 , linux/arm/v7 \"",
                "\"[\\\"linux/amd64\\\",\\\"linux/arm/v7\\\"]\"",
                "\"[ \\\"linux/amd64\\\" , \\\"linux/arm/v7\\\" ]\"",
                "[\"linux/amd64,linux/arm/v7\"]"
            })
    void platformsComeInThreeForms(String json) throws Exception {
        ObjectNode payload = (ObjectNode) Contract.JSON.readTree(MINIMAL);
        payload.set("platforms", Contract.JSON.readTree(json));

        BuildRequested request = (BuildRequested) Contract.read(EventType.BUILD_REQUESTED, payload);

        assertThat(Contract.violations(EventType.BUILD_REQUESTED, payload)).isEmpty();
        assertThat(request.platforms()).containsExactly("linux/amd64", "linux/arm/v7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /platforms                     | []                                     | /platforms
                    /platforms                     | ""                                     | /platforms
                    /platforms                     | "linux"                                | /platforms
                    /platforms                     | ["linux/amd64", "linux amd64"]         | /platforms/1
                    /platforms                     | 7                                      | /platforms
                    /optionalPlatforms             | "[linux/amd64]"                        | /optionalPlatforms
                    /tags                          | []                                     | /tags
                    /tags                          | ["ghcr.io/acme/shop 1"]                | /tags/0
                    /source                        | {}                                     | /source
                    /source                        | {"git":{"url":"u"}}                    | /source/git
                    /source                        | {"svn":{}}                             | /source
                    /source/git/revision           | "main"                                 | /source/git/revision
                    /source/git/brnach             | "x"                                    | /source/git
                    /source/archive                | {"url":"u","digest":"sha256:00"}       | /source/archive/digest
                    /timeout                       | "1h"                                   | /timeout
                    /timeout                       | "P1Y"                                  | /timeout
                    /deadline                      | "-PT1H"                                | /deadline
                    /mode                          | "debug"                                | /mode
                    /publishPolicy                 | "some"                                 | /publishPolicy
                    /noCache                       | "yes"                                  | /noCache
                    /buildArgs                     | {"N": 1}                               | /buildArgs/N
                    /warmup                        | {"waves": ["ten"]}                     | /warmup/waves/0
                    /warmup                        | {"wave": []}                           | /warmup
                    """)
    void refusesAndNamesThePlace(String property, String value, String place) throws Exception {
        ObjectNode payload = (ObjectNode) Contract.JSON.readTree(MINIMAL);
        int slash = property.lastIndexOf('/');
        ((ObjectNode) payload.at(property.substring(0, slash)))
                .set(property.substring(slash + 1), Contract.JSON.readTree(value));

        List<String> violations = Contract.violations(EventType.BUILD_REQUESTED, payload);

        assertThat(violations)
                .isNotEmpty()
                .anySatisfy(violation -> assertThat(violation).startsWith(place + ":"));
    }

    @Test
    void everyViolationIsNamed() throws Exception {
        JsonNode payload = Contract.JSON.readTree("""
                {"source": {"git": {"url": "u", "revision": "main"}}, "platforms": ["linux"], "tag": "x", "timeout": "1h"}""");

        assertThat(Contract.violations(EventType.BUILD_REQUESTED, payload)).hasSize(5);
    }
}
