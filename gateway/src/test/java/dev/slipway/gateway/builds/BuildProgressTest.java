package dev.slipway.gateway.builds;

import static dev.slipway.gateway.builds.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildState.PlatformStage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuildProgressTest {

    private static final Problem PROBLEM = new Problem("BUILD_STEP_FAILED", "it broke", Optional.empty(), true);

    private final BuildProgress progress = new BuildProgress(Events.BUILD);
    private long offset;

    @Test
    void goesFromRequestToPublish() {
        apply(
                new BuildChange.Requested(List.of("ghcr.io/acme/shop:1"), List.of(), Optional.of("ci")),
                new BuildChange.Planned(List.of("linux/amd64"), List.of("linux/arm/v7")),
                new BuildChange.Started("linux/amd64", 1, "w1", false),
                built("linux/amd64", 1),
                new BuildChange.AssemblyReady(List.of("linux/arm/v7")),
                new BuildChange.Assembled("sha256:a"),
                new BuildChange.Staged(),
                new BuildChange.Published("sha256:a", List.of()));

        BuildState state = progress.snapshot();

        assertThat(state.stage()).isEqualTo(Stage.PUBLISHED);
        assertThat(state.tags()).containsExactly("ghcr.io/acme/shop:1");
        assertThat(state.requester()).contains("ci");
        assertThat(state.digest()).contains("sha256:a");
        assertThat(state.platforms())
                .extracting(BuildState.Platform::name, BuildState.Platform::stage, BuildState.Platform::optional)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("linux/amd64", PlatformStage.BUILT, false),
                        org.assertj.core.groups.Tuple.tuple("linux/arm/v7", PlatformStage.PLANNED, true));
        assertThat(state.times())
                .containsOnlyKeys(
                        Stage.REQUESTED,
                        Stage.PLANNED,
                        Stage.BUILDING,
                        Stage.ASSEMBLING,
                        Stage.ASSEMBLED,
                        Stage.PUBLISHING,
                        Stage.PUBLISHED);
    }

    @Test
    void lateNewsDoesNotTurnBack() {
        apply(
                new BuildChange.Published("sha256:a", List.of()),
                new BuildChange.Planned(List.of("linux/amd64"), List.of()),
                built("linux/amd64", 1),
                new BuildChange.Started("linux/amd64", 1, "w1", false));

        BuildState state = progress.snapshot();

        assertThat(state.stage()).isEqualTo(Stage.PUBLISHED);
        assertThat(state.platforms())
                .singleElement()
                .satisfies(platform -> assertThat(platform.stage()).isEqualTo(PlatformStage.BUILT));
    }

    @Test
    void cancelledPlatformsAreThoseThatHadNoResult() {
        apply(
                new BuildChange.Planned(List.of("linux/amd64", "linux/arm64"), List.of()),
                new BuildChange.Started("linux/arm64", 1, "w1", false),
                built("linux/amd64", 1),
                new BuildChange.PlatformCancelled("linux/amd64"),
                new BuildChange.PlatformCancelled("linux/arm64"),
                new BuildChange.Started("linux/arm64", 1, "w1", false),
                new BuildChange.Cancelled("on request"));

        BuildState state = progress.snapshot();

        assertThat(state.stage()).isEqualTo(Stage.CANCELLED);
        assertThat(state.platforms())
                .extracting(BuildState.Platform::stage)
                .containsExactly(PlatformStage.BUILT, PlatformStage.CANCELLED);
    }

    @Test
    void firstEndStays() {
        apply(
                new BuildChange.AssemblyFailed(List.of(PROBLEM)),
                new BuildChange.Rejected(List.of(PROBLEM)),
                new BuildChange.Published("sha256:a", List.of()));

        assertThat(progress.snapshot().stage()).isEqualTo(Stage.ASSEMBLY_FAILED);
        assertThat(progress.snapshot().failures()).containsExactly(PROBLEM);
    }

    @Test
    void laterAttemptReplacesAFailedOne() {
        apply(
                new BuildChange.Started("linux/amd64", 1, "w1", false),
                new BuildChange.PlatformFailed("linux/amd64", 1, "w1", PROBLEM),
                new BuildChange.Assigned("linux/amd64", 2, "w2", true));

        assertThat(progress.snapshot().platforms()).singleElement().satisfies(platform -> {
            assertThat(platform.stage()).isEqualTo(PlatformStage.ASSIGNED);
            assertThat(platform.attempt()).isEqualTo(2);
            assertThat(platform.worker()).contains("w2");
            assertThat(platform.emulated()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void failureEndsEveryWait(Until until) {
        apply(new BuildChange.Rejected(List.of(PROBLEM)));

        assertThat(progress.has(until)).isTrue();
    }

    @Test
    void publishIsNotWarm() {
        apply(new BuildChange.Published("sha256:a", List.of()));

        assertThat(progress.has(Until.PUBLISHED)).isTrue();
        assertThat(progress.has(Until.WARMED)).isFalse();
    }

    @Test
    void warmMeansEveryCluster() {
        apply(
                new BuildChange.Requested(List.of(), List.of("eu", "us"), Optional.empty()),
                new BuildChange.Published("sha256:a", List.of()),
                new BuildChange.WarmupStarted("eu"),
                new BuildChange.Warmed("eu", "WARMED"));
        assertThat(progress.has(Until.WARMED)).isFalse();

        apply(new BuildChange.WarmupFailed("us", List.of(PROBLEM)));

        assertThat(progress.has(Until.WARMED)).isTrue();
    }

    @Test
    void aRequestToWarmEndsWithItsLastCluster() {
        apply(
                new BuildChange.WarmupRequested("a:1", List.of("eu", "us"), Optional.of("ops")),
                new BuildChange.Warmed("eu", "WARMED"));
        assertThat(progress.snapshot().stage()).isEqualTo(Stage.REQUESTED);

        apply(new BuildChange.WarmupFailed("us", List.of(PROBLEM)));

        assertThat(progress.snapshot().stage()).isEqualTo(Stage.WARMED);
        assertThat(progress.snapshot().tags()).containsExactly("a:1");
        assertThat(progress.has(Until.WARMED)).isTrue();
    }

    @Test
    void noClusterIsWarmAtOnce() {
        apply(new BuildChange.Published("sha256:a", List.of()), new BuildChange.Warmed("", "SKIPPED_NO_CLUSTER"));

        assertThat(progress.has(Until.WARMED)).isTrue();
    }

    private void apply(BuildChange... changes) {
        for (BuildChange change : changes) {
            progress.apply(Events.event("topic", offset++, change));
        }
    }

    private static BuildChange built(String platform, int attempt) {
        return new BuildChange.Built(platform, attempt, "w1", false, false, "sha256:b", NOON, NOON);
    }
}
