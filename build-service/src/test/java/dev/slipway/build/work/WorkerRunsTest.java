package dev.slipway.build.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.Run;
import dev.slipway.build.work.WorkerRuns.Verdict;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerRunsTest {
    private static final BuildKey KEY = new BuildKey("b", "linux/amd64");

    private final WorkerRuns runs = new WorkerRuns();

    @Test
    void startsWhatIsAssignedToIt() {
        assertThat(runs.read(new Run(KEY, 1, 7), true)).isEqualTo(Verdict.START);
        assertThat(runs.running()).containsExactly(new Run(KEY, 1, 7));
    }

    @Test
    void ignoresWhatIsAssignedToOthers() {
        assertThat(runs.read(new Run(KEY, 1, 7), false)).isEqualTo(Verdict.NOTHING);
        assertThat(runs.running()).isEmpty();
    }

    @Test
    void ignoresAnAssignmentThatComesAgain() {
        runs.read(new Run(KEY, 1, 7), true);
        runs.finish(KEY);

        assertThat(runs.read(new Run(KEY, 1, 7), true)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void ignoresALowerEpochThanItHasSeenForSomebodyElse() {
        runs.read(new Run(KEY, 2, 8), false);

        assertThat(runs.read(new Run(KEY, 1, 7), true)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void losesABuildThatIsGivenToSomebodyElse() {
        runs.read(new Run(KEY, 1, 7), true);

        assertThat(runs.read(new Run(KEY, 2, 8), false)).isEqualTo(Verdict.LOST);
    }

    @Test
    void goesOnUnderANewEpoch() {
        runs.read(new Run(KEY, 1, 7), true);

        assertThat(runs.read(new Run(KEY, 2, 8), true)).isEqualTo(Verdict.RENEWED);
        runs.finish(KEY);
        assertThat(runs.finished()).containsExactly(new Run(KEY, 2, 8));
    }

    @Test
    void doesNotReportAnAbandonedBuildAsFinished() {
        runs.read(new Run(KEY, 1, 7), true);
        runs.abandon(KEY);

        assertThat(runs.running()).isEmpty();
        assertThat(runs.finished()).isEmpty();
    }

    @Test
    void remembersTheLatestHundredFinishedBuilds() {
        IntStream.rangeClosed(1, 130).forEach(i -> {
            BuildKey key = new BuildKey("b" + i, "linux/amd64");
            runs.read(new Run(key, 1, i), true);
            runs.finish(key);
        });

        assertThat(runs.finished()).hasSize(100);
        assertThat(runs.finished().getFirst().epoch()).isEqualTo(31);
        assertThat(runs.finished().getLast().epoch()).isEqualTo(130);
    }

    @Test
    void tellsOfAFinishedRunAFewTimes() {
        runs.read(new Run(KEY, 1, 1), true);
        runs.finish(KEY);

        for (int i = 0; i < 3; i++) {
            assertThat(runs.finished()).containsExactly(new Run(KEY, 1, 1));
            runs.told(runs.finished());
        }

        assertThat(runs.finished()).isEmpty();
    }
}
