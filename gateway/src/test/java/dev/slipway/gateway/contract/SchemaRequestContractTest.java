package dev.slipway.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.Violation;
import dev.slipway.gateway.Violation.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRequestContractTest {

    private static final String DATA = """
        {"source": {"git": {"url": "https://github.com/acme/shop", "revision": "%s"}},
         "platforms": %%s, "tags": %%s}\
        """.formatted("a".repeat(40));
    private static final String GOOD = DATA.formatted("\"linux/amd64,linux/arm64\"", "[\"ghcr.io/acme/shop:1\"]");

    private static final SchemaRequestContract CONTRACT = new SchemaRequestContract();

    @Test
    void acceptsAGoodRequest() {
        assertThat(violations(Map.of(), GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "specversion,     absent,     /specversion",
                "specversion,     0.3,        /specversion",
                "id,              absent,     /id",
                "source,          absent,     /source",
                "source,          'a b',      /source",
                "time,            absent,     /time",
                "time,            yesterday,  /time",
                "time,            2026-03-02, /time",
                "type,            absent,     /type",
                "datacontenttype, text/xml,   /datacontenttype",
                "dataschema,      urn:other,  /dataschema",
                "traceparent,     00-xyz-1,   /traceparent"
            })
    void namesABadAttribute(String attribute, String value, String pointer) {
        Map<String, String> change = new HashMap<>();
        change.put(attribute, value);

        assertThat(violations(change, GOOD))
                .extracting(Violation::code, Violation::pointer)
                .containsExactly(tuple(Code.ATTRIBUTE_INVALID, pointer));
    }

    @Test
    void namesEveryViolationAtOnce() {
        Map<String, String> noTime = new HashMap<>();
        noTime.put("time", null);

        List<Violation> violations = violations(noTime, """
            {"source": {"git": {"url": "u", "revision": "main"}},
             "platforms": ["linux/amd64", "linux/amd46", "linux"],
             "tags": ["ghcr.io/Acme/shop:1", "ok:1"],
             "tag": "x", "timeout": "1h"}\
            """);

        assertThat(violations)
                .extracting(Violation::code, Violation::pointer)
                .containsExactlyInAnyOrder(
                        tuple(Code.ATTRIBUTE_INVALID, "/time"),
                        tuple(Code.REQUEST_INVALID, "/data/source/git/revision"),
                        tuple(Code.PLATFORM_UNKNOWN, "/data/platforms/1"),
                        tuple(Code.REQUEST_INVALID, "/data/platforms/2"),
                        tuple(Code.REFERENCE_INVALID, "/data/tags/0"),
                        tuple(Code.REQUEST_INVALID, "/data/tag"),
                        tuple(Code.REQUEST_INVALID, "/data/timeout"));
        assertThat(violations)
                .extracting(Violation::message)
                .anySatisfy(message -> assertThat(message)
                        .isEqualTo(
                                "'1h' is not what is wanted: ISO-8601 duration in days or less, for example PT1H30M."));
        assertThat(violations)
                .extracting(Violation::message)
                .anySatisfy(message -> assertThat(message)
                        .startsWith(
                                "'tag' is no property of this; the properties are source, file, target, platforms"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                 | [\"a:1\"]          | /data/platforms   | REQUEST_INVALID",
                "\"\"               | [\"a:1\"]          | /data/platforms   | REQUEST_INVALID",
                "\" \"              | [\"a:1\"]          | /data/platforms   | REQUEST_INVALID",
                "\"[]\"             | [\"a:1\"]          | /data/platforms   | REQUEST_INVALID",
                "[\"\"]             | [\"a:1\"]          | /data/platforms   | REQUEST_INVALID",
                "\"linux/amd46\"    | [\"a:1\"]          | /data/platforms   | PLATFORM_UNKNOWN",
                "[\"lunix/amd64\"]  | [\"a:1\"]          | /data/platforms/0 | PLATFORM_UNKNOWN",
                "\"linux/amd64\"    | []                 | /data/tags        | REQUEST_INVALID",
                "\"linux/amd64\"    | [\"a:b:c\"]        | /data/tags/0      | REFERENCE_INVALID",
                "\"linux/amd64\"    | \"a:1\"            | /data/tags        | REQUEST_INVALID"
            })
    void namesBadPlatformsAndTags(String platforms, String tags, String pointer, Code code) {
        assertThat(violations(Map.of(), DATA.formatted(platforms, tags)))
                .extracting(Violation::code, Violation::pointer)
                .containsExactly(tuple(code, pointer));
    }

    @Test
    void refusesATagByDigest() {
        String byDigest = "[\"ghcr.io/acme/shop@sha256:" + "0".repeat(64) + "\"]";

        assertThat(violations(Map.of(), DATA.formatted("\"linux/amd64\"", byDigest)))
                .extracting(Violation::code)
                .containsExactly(Code.REFERENCE_INVALID);
    }

    @Test
    void saysWhereTheJsonBreaks() {
        assertThat(violations(Map.of(), "{\"platforms\": [}")).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.REQUEST_INVALID);
            assertThat(violation.message()).contains("line 1, column 16");
        });
    }

    @Test
    void refusesAPropertyThatComesTwice() {
        assertThat(violations(Map.of(), "{\"platforms\": [], \"platforms\": []}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("Duplicate field 'platforms'"));
    }

    @Test
    void refusesMissingData() {
        assertThat(violations(Map.of(), "")).extracting(Violation::message).containsExactly("there is no data");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.slipway.build.requested.v2,       TYPE_UNKNOWN",
        "com.example.other,                    TYPE_UNKNOWN",
        "dev.slipway.image.published.v1,       TYPE_UNKNOWN"
    })
    void refusesOtherTypes(String type, Code code) {
        assertThat(violations(Map.of("type", type), "{}"))
                .extracting(Violation::code, Violation::pointer)
                .containsExactly(tuple(code, "/type"));
    }

    @Test
    void takesAWarmUpOfATagOrADigest() {
        Map<String, String> type = Map.of("type", "dev.slipway.warmup.requested.v1");

        assertThat(violations(type, "{\"reference\":\"ghcr.io/acme/shop:1\",\"warmup\":{\"keep\":\"PT24H\"}}"))
                .isEmpty();
        assertThat(violations(type, "{\"reference\":\"ghcr.io/acme/shop:1:2\",\"warmup\":{}}"))
                .extracting(Violation::code, Violation::pointer)
                .containsExactly(tuple(Code.REFERENCE_INVALID, "/data/reference"));
    }

    @Test
    void takesARollbackOfATag() {
        Map<String, String> type = Map.of("type", "dev.slipway.rollback.requested.v1");

        assertThat(violations(type, "{\"reference\":\"ghcr.io/acme/shop:1\",\"to\":\"previous\"}"))
                .isEmpty();
        assertThat(violations(type, "{\"reference\":\"ghcr.io/acme/SHOP:1\",\"to\":\"yesterday\"}"))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/data/to", "/data/reference");
    }

    @Test
    void takesACancellationOfABuildOnly() {
        Map<String, String> type = Map.of("type", "dev.slipway.build.cancel-requested.v1");

        assertThat(violations(type, "{\"buildId\":\"%s\",\"reason\":\"why\"}".formatted("a".repeat(32))))
                .isEmpty();
        assertThat(violations(type, "{\"buildId\":\"abc\"}"))
                .extracting(Violation::pointer)
                .containsExactly("/data/buildId");
    }

    @Test
    void takesACopyToTags() {
        Map<String, String> type = Map.of("type", "dev.slipway.copy.requested.v1");

        assertThat(
                        violations(
                                type,
                                "{\"source\":\"ghcr.io/acme/shop:1\",\"targets\":[\"eu.example/shop:1\"],\"platforms\":[\"linux/arm64\"]}"))
                .isEmpty();
        assertThat(violations(type, "{\"source\":\"ghcr.io/acme/shop:1\",\"targets\":[\"eu.example/SHOP:1\"]}"))
                .extracting(Violation::pointer)
                .containsExactly("/data/targets/0");
    }

    @Test
    void takesAChangeOfAnIndexAndNamesWhatIsWrongWithIt() {
        Map<String, String> type = Map.of("type", "dev.slipway.index.change-requested.v1");

        assertThat(violations(
                        type, "{\"reference\":\"ghcr.io/acme/shop:1\",\"remove\":[\"linux/arm64\"],\"sign\":true}"))
                .isEmpty();
        assertThat(violations(type, "{\"append\":[\"ghcr.io/acme/shop:arm\"],\"platform\":\"linux/arm64\"}"))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/data/reference", "/data/platform");
    }

    private static List<Violation> violations(Map<String, String> change, String data) {
        Map<String, String> attributes = new HashMap<>(Map.of(
                "specversion", "1.0",
                "id", "1",
                "source", "/test",
                "type", "dev.slipway.build.requested.v1",
                "time", "2026-03-02T12:00:00Z"));
        change.forEach((name, value) -> {
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        return CONTRACT.violations(new RequestDocument(attributes, data));
    }
}
