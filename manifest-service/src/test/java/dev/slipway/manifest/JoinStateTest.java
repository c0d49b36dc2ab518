package dev.slipway.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.manifest.JoinState.Cancelled;
import dev.slipway.manifest.JoinState.Collecting;
import dev.slipway.manifest.JoinState.Ended;
import dev.slipway.manifest.JoinState.Expired;
import dev.slipway.manifest.JoinState.Failed;
import dev.slipway.manifest.JoinState.Ready;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JoinStateTest {
    private static final PlannedPlatforms TWO = new PlannedPlatforms(List.of("amd64", "arm64"), List.of());
    private static final PlannedPlatforms ONE_AND_OPTIONAL =
            new PlannedPlatforms(List.of("amd64"), List.of("arm64", "s390x"));

    private final JoinState<String> start = JoinState.start();

    @Test
    void isReadyWhenTheLastRequiredPlatformIsThere() {
        JoinState<String> state = start.planned(TWO, "me", "plan").built("arm64", "b");

        assertThat(state).isInstanceOf(Collecting.class);
        assertThat(state.built("amd64", "a")).isEqualTo(new Ready<>("plan", List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void takesResultsThatComeBeforeThePlan() {
        assertThat(start.built("amd64", "a").built("arm64", "b").planned(TWO, "me", "plan"))
                .isEqualTo(new Ready<>("plan", List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void takesTheFirstOfTwoResultsOfAPlatform() {
        assertThat(start.built("amd64", "a1")
                        .planned(TWO, "me", "plan")
                        .built("amd64", "a2")
                        .built("arm64", "b"))
                .isEqualTo(new Ready<>("plan", List.of("a1", "b"), List.of(), List.of()));
    }

    @Test
    void takesTheFirstOfTwoPlans() {
        assertThat(start.planned(TWO, "me", "plan")
                        .planned(ONE_AND_OPTIONAL, "me", "other")
                        .built("amd64", "a")
                        .built("arm64", "b"))
                .isEqualTo(new Ready<>("plan", List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void passesOverPlatformsThatNobodyAskedFor() {
        JoinState<String> state = start.built("riscv64", "r").planned(TWO, "me", "plan");

        assertThat(state.built("ppc64le", "p")).isEqualTo(state);
        assertThat(state.built("amd64", "a").built("arm64", "b"))
                .isEqualTo(new Ready<>("plan", List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void failsAsSoonAsARequiredPlatformFails() {
        assertThat(start.planned(TWO, "me", "plan").failed("arm64", "f"))
                .isEqualTo(new Failed<>(List.of("f"), List.of("amd64")));
    }

    @Test
    void failsOnAFailureThatCameBeforeThePlan() {
        assertThat(start.failed("arm64", "f").built("amd64", "a").planned(TWO, "me", "plan"))
                .isEqualTo(new Failed<>(List.of("f"), List.of()));
    }

    @Test
    void takesAFailureForFinalThoughAResultFollows() {
        assertThat(start.failed("arm64", "f").built("arm64", "b").planned(TWO, "me", "plan"))
                .isEqualTo(new Failed<>(List.of("f"), List.of("amd64")));
    }

    @Test
    void keepsAResultThoughAFailureFollows() {
        assertThat(start.built("arm64", "b")
                        .failed("arm64", "f")
                        .planned(TWO, "me", "plan")
                        .built("amd64", "a"))
                .isEqualTo(new Ready<>("plan", List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void waitsForOptionalPlatforms() {
        JoinState<String> state = start.planned(ONE_AND_OPTIONAL, "me", "plan").built("amd64", "a");

        assertThat(state).isInstanceOf(Collecting.class);
        assertThat(state.failed("arm64", "f").built("s390x", "s"))
                .isEqualTo(new Ready<>("plan", List.of("a", "s"), List.of("arm64"), List.of()));
    }

    @Test
    void failsWhereEveryPlatformIsOptionalAndNoneCame() {
        PlannedPlatforms optional = new PlannedPlatforms(List.of(), List.of("amd64", "arm64"));

        assertThat(start.planned(optional, "me", "plan").failed("arm64", "f").failed("amd64", "g"))
                .isEqualTo(new Failed<>(List.of("g", "f"), List.of()));
    }

    @Test
    void isReadyWhereEveryPlatformIsOptionalAndOneCame() {
        PlannedPlatforms optional = new PlannedPlatforms(List.of(), List.of("amd64", "arm64"));

        assertThat(start.planned(optional, "me", "plan").failed("arm64", "f").built("amd64", "a"))
                .isEqualTo(new Ready<>("plan", List.of("a"), List.of("arm64"), List.of()));
    }

    @Test
    void expiresNamingWhatIsMissing() {
        assertThat(start.planned(ONE_AND_OPTIONAL, "me", "plan")
                        .built("arm64", "b")
                        .deadlinePassed())
                .isEqualTo(new Expired<>("plan", List.of("amd64"), List.of("amd64", "s390x")));
    }

    @Test
    void doesWithoutOptionalPlatformsAtTheDeadline() {
        assertThat(start.planned(ONE_AND_OPTIONAL, "me", "plan")
                        .built("amd64", "a")
                        .deadlinePassed())
                .isEqualTo(new Ready<>("plan", List.of("a"), List.of("arm64", "s390x"), List.of("arm64", "s390x")));
    }

    @Test
    void remembersADeadlineThatPassedBeforeThePlanWasRead() {
        assertThat(start.deadlinePassed().planned(TWO, "me", "plan"))
                .isEqualTo(new Expired<>("plan", List.of("amd64", "arm64"), List.of("amd64", "arm64")));
    }

    @Test
    void endsWithTheBuild() {
        assertThat(start.planned(TWO, "me", "plan").built("amd64", "a").ended())
                .isEqualTo(new Ended<>(true, List.of("arm64")));
    }

    @Test
    void abandonsAPlanThatComesAfterTheEnd() {
        assertThat(start.ended().planned(TWO, "me", "plan").planned(ONE_AND_OPTIONAL, "me", "other"))
                .isEqualTo(new Ended<>(true, List.of("amd64", "arm64")));
    }

    @Test
    void stopsABuildWhoseTenantWantsIt() {
        assertThat(start.planned(TWO, "me", "plan").built("amd64", "a").cancelRequested("me"))
                .isEqualTo(new Cancelled<>("me", List.of("arm64")));
        assertThat(start.cancelRequested("other").cancelRequested("me").planned(TWO, "me", "plan"))
                .isEqualTo(new Cancelled<>("me", List.of("amd64", "arm64")));
    }

    @Test
    void letsNoOtherTenantStopABuild() {
        JoinState<String> planned = start.planned(TWO, "me", "plan");

        assertThat(planned.cancelRequested("other")).isEqualTo(planned);
        assertThat(start.cancelRequested("other").planned(TWO, "me", "plan")).isInstanceOf(Collecting.class);
    }

    @Test
    void neverChangesADecision() {
        JoinState<String> ready =
                start.planned(TWO, "me", "plan").built("amd64", "a").built("arm64", "b");

        assertThat(ready.failed("amd64", "f")
                        .deadlinePassed()
                        .cancelRequested("me")
                        .ended()
                        .planned(TWO, "me", "plan"))
                .isEqualTo(ready);
    }

    @Test
    void takesANameInBothListsForOptional() {
        PlannedPlatforms platforms = new PlannedPlatforms(List.of("a", "b", "a"), List.of("b", "c"));

        assertThat(platforms.required()).containsExactly("a");
        assertThat(platforms.all()).containsExactly("a", "b", "c");
    }

    @Test
    void refusesAPlanForNoPlatform() {
        assertThatThrownBy(() -> new PlannedPlatforms(List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
