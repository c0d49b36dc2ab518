package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventIdsTest {

    private static final String BUILD = "b407c1b13c1b94d6b1baab696bdbe318";

    /** Fixed values: a change here makes every running build a stranger to the next version. */
    @Test
    void idsNeverChange() {
        assertThat(EventIds.buildId("/slipway/cli", "7d3c8f1e")).isEqualTo(BUILD);
        assertThat(EventIds.traceId(BUILD)).isEqualTo("e4f76e97cacccb0bdd3d7cd3ede9bf06");
        assertThat(EventIds.rootSpanId(BUILD)).isEqualTo("a10a6808857d39e1");
        assertThat(EventIds.traceparent(BUILD)).isEqualTo("00-e4f76e97cacccb0bdd3d7cd3ede9bf06-a10a6808857d39e1-01");
        assertThat(EventIds.eventId("dev.slipway.platform-build.started.v1", started("linux/arm64", 2)))
                .isEqualTo("f3b3abdbbe83fb04df656f53ed787448");
    }

    @Test
    void sourceAndIdDoNotRunTogether() {
        assertThat(EventIds.buildId("/a", "bc")).isNotEqualTo(EventIds.buildId("/ab", "c"));
        assertThat(EventIds.buildId("/a", "1:b")).isNotEqualTo(EventIds.buildId("/a1:", "b"));
        assertThat(EventIds.buildId("", "ab")).isNotEqualTo(EventIds.buildId("ab", ""));
    }

    @Test
    void lengthCountsBytes() {
        assertThat(EventIds.buildId("ä", "b")).isNotEqualTo(EventIds.buildId("a", "̈b"));
    }

    @Test
    void sameFactHasTheSameId() {
        assertThat(id(started("linux/arm64", 1))).isEqualTo(id(started("linux/arm64", 1)));
    }

    @Test
    void attemptPlatformAndTypeTellFactsApart() {
        assertThat(List.of(
                        id(started("linux/arm64", 1)),
                        id(started("linux/arm64", 2)),
                        id(started("linux/amd64", 1)),
                        id(new BuildCancelled(BUILD, "x"))))
                .doesNotHaveDuplicates();
        assertThat(EventIds.eventId("dev.slipway.a.v1", started("linux/arm64", 1)))
                .isNotEqualTo(EventIds.eventId("dev.slipway.b.v1", started("linux/arm64", 1)));
    }

    @ParameterizedTest
    @EnumSource
    void everyFactHasSubjectKeyAndId(EventType type) {
        if (Contract.read(type, Contract.golden(type)) instanceof Fact fact) {
            assertThat(fact.subject()).isNotEmpty();
            assertThat(fact.partitionKey()).isNotEmpty();
            assertThat(id(fact)).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void goldenFactsHaveDifferentIds() {
        List<String> ids = Arrays.stream(EventType.values())
                .map(type -> Contract.read(type, Contract.golden(type)))
                .flatMap(event -> event instanceof Fact fact ? java.util.stream.Stream.of(id(fact)) : null)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void typesAreFoundByNameAndByPayload() {
        Set<String> types =
                Arrays.stream(EventType.values()).map(EventType::ceType).collect(Collectors.toSet());

        assertThat(types).hasSize(EventType.values().length);
        assertThat(EventType.ofType("dev.slipway.image.published.v1")).contains(EventType.IMAGE_PUBLISHED);
        assertThat(EventType.ofType("dev.slipway.image.published.v2")).isEmpty();
        assertThat(EventType.of(started("linux/arm64", 1))).isEqualTo(EventType.PLATFORM_BUILD_STARTED);
    }

    private static String id(Fact fact) {
        return EventIds.eventId(EventType.of(fact).ceType(), fact);
    }

    private static PlatformBuildStarted started(String platform, int attempt) {
        return new PlatformBuildStarted(BUILD, platform, attempt, "builder-0", "embedded", false);
    }
}
