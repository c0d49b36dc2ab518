package dev.slipway.build.queue;

import static dev.slipway.build.queue.Fleets.START;
import static dev.slipway.build.queue.Fleets.build;
import static dev.slipway.build.queue.Fleets.draining;
import static dev.slipway.build.queue.Fleets.natively;
import static dev.slipway.build.queue.Fleets.report;
import static dev.slipway.build.queue.Fleets.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.queue.Change.Cancelled;
import dev.slipway.build.queue.Change.Queued;
import dev.slipway.build.queue.Change.Reported;
import dev.slipway.build.queue.Change.Ticked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignBuildsTest {
    private Instant now = START;
    private AssignBuilds scheduler = new AssignBuilds(Patience.DEFAULT, List.of(), START);

    @Test
    void assignsAtOnceWhenAWorkerIsFree() {
        decide(new Reported(worker("w", 2)));

        List<Assignment> assignments = decide(new Queued(build(1, "linux/amd64")));

        assertThat(assignments).singleElement().satisfies(assignment -> {
            assertThat(assignment.worker()).isEqualTo("w");
            assertThat(assignment.run().attempt()).isEqualTo(1);
            assertThat(assignment.emulated()).isFalse();
        });
    }

    @Test
    void assignsWaitingBuildsOldestFirstWhenAWorkerComes() {
        decide(new Queued(build(7, "linux/amd64")));
        decide(new Queued(build(3, "linux/amd64")));

        List<Assignment> assignments = decide(new Reported(worker("w", 1)));

        assertThat(assignments).extracting(a -> a.run().key().buildId()).containsExactly("b3");
    }

    @Test
    void leavesNoMoreOnAWorkerThanItHasSlots() {
        decide(new Reported(worker("w", 1)));
        decide(new Queued(build(1, "linux/amd64")));

        assertThat(decide(new Queued(build(2, "linux/amd64")))).isEmpty();
    }

    @Test
    void countsWhatAWorkerRunsAndTheSchedulerNeverAskedFor() {
        Run foreign = new Run(new BuildKey("x", "linux/amd64"), 1, 5);
        decide(new Reported(report("w", 1, 1, List.of(foreign), List.of())));

        assertThat(decide(new Queued(build(1, "linux/amd64")))).isEmpty();
    }

    @Test
    void prefersAnIdleNativeWorkerToAnEmulatingOne() {
        decide(new Reported(worker("emulating", 9)));
        decide(new Reported(natively(worker("native", 1), "linux/arm64")));

        List<Assignment> made = decide(new Queued(build(1, "linux/arm64", "buildah", "default")));

        assertThat(made).extracting(Assignment::worker).containsExactly("native");
    }

    @Test
    void waitsForABusyNativeWorkerBeforeItEmulates() {
        decide(new Reported(worker("emulating", 9)));
        decide(new Reported(natively(worker("native", 1), "linux/arm64")));
        Run busy = decide(new Queued(build(1, "linux/arm64", "buildah", "default")))
                .getFirst()
                .run();
        assertThat(decide(new Queued(build(2, "linux/arm64", "buildah", "default"))))
                .isEmpty();

        Duration waited = Duration.ZERO;
        List<Assignment> made = List.of();
        while (made.isEmpty() && waited.compareTo(Duration.ofMinutes(1)) < 0) {
            waited = waited.plusSeconds(1);
            after(Duration.ofSeconds(1));
            made = decide(new Reported(worker("emulating", 9)));
            decide(new Reported(natively(report("native", 1, 1, List.of(busy), List.of()), "linux/arm64")));
        }

        assertThat(waited).isEqualTo(Patience.DEFAULT.busy());
        assertThat(made).extracting(Assignment::worker).containsExactly("emulating");
        assertThat(made).extracting(Assignment::emulated).containsExactly(true);
    }

    @Test
    void emulatesAtOnceWhereNoNativeWorkerLives() {
        decide(new Reported(worker("emulating", 1)));
        decide(new Reported(draining(natively(worker("native", 1), "linux/arm64"))));

        assertThat(decide(new Queued(build(1, "linux/arm64", "buildah", "default"))))
                .extracting(Assignment::worker)
                .containsExactly("emulating");
    }

    @Test
    void assignsToWorkersWithTheWantedLabelsOnly() {
        decide(new Reported(worker("w", 4)));

        assertThat(decide(new Queued(labelled(1, "env", "test")))).isEmpty();
        assertThat(decide(new Queued(labelled(2, "env", "prod")))).hasSize(1);
    }

    @Test
    void takesEveryPlatformAsNativeForTheEmbeddedBuilder() {
        decide(new Reported(worker("w", 1)));

        assertThat(decide(new Queued(build(1, "linux/s390x"))))
                .extracting(Assignment::emulated)
                .containsExactly(false);
    }

    @Test
    void leavesABuildWaitingForWhichNoWorkerFits() {
        decide(new Reported(worker("w", 4)));

        assertThat(decide(new Queued(build(1, "linux/s390x", "buildah", "default"))))
                .as("neither native nor emulated")
                .isEmpty();
        assertThat(decide(new Queued(build(2, "linux/amd64", "buildkit", "default"))))
                .as("builder")
                .isEmpty();
        assertThat(decide(new Queued(build(3, "linux/amd64", "embedded", "gpu"))))
                .as("pool")
                .isEmpty();
    }

    @Test
    void ignoresABuildThatIsQueuedTwice() {
        decide(new Reported(worker("w", 2)));
        decide(new Queued(build(1, "linux/amd64")));

        assertThat(decide(new Queued(build(1, "linux/amd64")))).isEmpty();
    }

    @Test
    void ignoresABuildThatIsQueuedAgainAfterItsEnd() {
        decide(new Reported(worker("w", 2)));
        Run run = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        decide(new Reported(report("w", 1, 2, List.of(), List.of(run))));

        assertThat(decide(new Queued(build(1, "linux/amd64")))).isEmpty();
    }

    @Test
    void forgetsAFinishedBuildAfterAWhile() {
        decide(new Reported(worker("w", 2)));
        Run run = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        decide(new Reported(report("w", 1, 2, List.of(), List.of(run))));

        after(Duration.ofMinutes(61));
        Decisions decisions = scheduler.decide(new Ticked(), now);

        assertThat(decisions.changed()).contains(run.key());
        assertThat(scheduler.entry(run.key())).isEmpty();
    }

    @Test
    void givesTheSlotOfAFinishedBuildToTheNext() {
        decide(new Reported(worker("w", 1)));
        Run first = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        decide(new Queued(build(2, "linux/amd64")));

        List<Assignment> next = decide(new Reported(report("w", 1, 1, List.of(), List.of(first))));

        assertThat(next).extracting(a -> a.run().key().buildId()).containsExactly("b2");
    }

    @Test
    void reassignsTheBuildsOfASilentWorkerWithinTenSeconds() {
        decide(new Reported(worker("dead", 1)));
        Run first = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        decide(new Reported(report("other", 1, 1, List.of(), List.of())));

        List<Assignment> made = List.of();
        int seconds = 0;
        while (made.isEmpty() && seconds < 10) {
            seconds++;
            after(Duration.ofSeconds(1));
            decide(new Reported(report("other", 1, 1, List.of(), List.of())));
            made = decide(new Ticked());
        }

        assertThat(seconds).isBetween(5, 7);
        assertThat(made).singleElement().satisfies(assignment -> {
            assertThat(assignment.worker()).isEqualTo("other");
            assertThat(assignment.run().attempt()).isEqualTo(2);
            assertThat(assignment.run().epoch()).isGreaterThan(first.epoch());
        });
    }

    @Test
    void reassignsAtOnceWhenTheWorkerHasRestarted() {
        decide(new Reported(worker("w", 1)));
        decide(new Queued(build(1, "linux/amd64")));

        List<Assignment> made = decide(new Reported(report("w", 2, 1, List.of(), List.of())));

        assertThat(made).singleElement().satisfies(assignment -> {
            assertThat(assignment.incarnation()).isEqualTo(2);
            assertThat(assignment.run().attempt()).isEqualTo(2);
        });
    }

    @Test
    void ignoresAReportOfAnIncarnationThatIsGone() {
        decide(new Reported(report("w", 2, 1, List.of(), List.of())));
        Run run = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();

        decide(new Reported(report("w", 1, 5, List.of(), List.of())));

        assertThat(standing(run)).isInstanceOf(QueueEntry.Assigned.class);
        assertThat(decide(new Queued(build(2, "linux/amd64")))).isEmpty();
    }

    @Test
    void reassignsWhatALivingWorkerNeverGot() {
        decide(new Reported(worker("w", 1)));
        decide(new Queued(build(1, "linux/amd64")));
        after(Duration.ofSeconds(2));
        assertThat(decide(new Reported(worker("w", 1)))).isEmpty();

        after(Duration.ofSeconds(2));

        assertThat(decide(new Reported(worker("w", 1))))
                .extracting(a -> a.run().attempt())
                .containsExactly(2);
    }

    @Test
    void leavesALongBuildAloneAsLongAsItIsReported() {
        decide(new Reported(worker("w", 1)));
        Run run = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();

        for (int second = 0; second < 3600; second++) {
            after(Duration.ofSeconds(1));
            assertThat(decide(new Reported(report("w", 1, 1, List.of(run), List.of()))))
                    .isEmpty();
            assertThat(decide(new Ticked())).isEmpty();
        }
    }

    @Test
    void givesAwayAtOnceWhatADrainingWorkerDoesNotRun() {
        decide(new Reported(worker("w", 1)));
        decide(new Queued(build(1, "linux/amd64")));
        decide(new Reported(natively(worker("other", 1), "linux/amd64")));

        List<Assignment> made = decide(new Reported(draining(worker("w", 1))));

        assertThat(made).extracting(Assignment::worker).containsExactly("other");
    }

    @Test
    void assignsNothingToADrainingWorker() {
        decide(new Reported(draining(worker("w", 1))));

        assertThat(decide(new Queued(build(1, "linux/amd64")))).isEmpty();
    }

    @Test
    void neverAssignsACancelledBuild() {
        decide(new Queued(build(1, "linux/amd64")));
        decide(new Cancelled(build(1, "linux/amd64").key()));

        assertThat(decide(new Reported(worker("w", 1)))).isEmpty();
    }

    @Test
    void goesOnAfterARestartFromWhatWasKept() {
        decide(new Reported(worker("w", 1)));
        Run running = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        decide(new Queued(build(2, "linux/amd64")));
        restart("b1", "b2");

        List<Assignment> made = decide(new Reported(report("w", 1, 1, List.of(running), List.of())));
        List<Assignment> next = decide(new Reported(report("w", 1, 1, List.of(), List.of(running))));

        assertThat(made).isEmpty();
        assertThat(next).extracting(a -> a.run().key().buildId()).containsExactly("b2");
        assertThat(next.getFirst().run().epoch()).isGreaterThan(running.epoch());
    }

    @Test
    void countsNoSilenceAgainstAWorkerFromTheTimeItWasDownItself() {
        decide(new Reported(worker("w", 1)));
        Run running = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        after(Duration.ofMinutes(10));
        restart("b1");

        assertThat(decide(new Ticked())).isEmpty();
        assertThat(standing(running)).isInstanceOf(QueueEntry.Assigned.class);
    }

    @Test
    void takesOverABuildThatRunsAndOfWhichACrashTookTheNote() {
        decide(new Queued(build(1, "linux/amd64")));
        Run running = new Run(build(1, "linux/amd64").key(), 1, START.toEpochMilli());

        List<Assignment> made = decide(new Reported(report("w", 1, 2, List.of(running), List.of())));

        assertThat(made).isEmpty();
        assertThat(standing(running)).isInstanceOf(QueueEntry.Assigned.class);
    }

    @Test
    void doesNotBuildAgainWhatAWorkerFinishedThatWasTakenForDead() {
        decide(new Reported(worker("w", 1)));
        Run run = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();
        after(Duration.ofSeconds(6));
        decide(new Ticked());

        assertThat(decide(new Reported(report("w", 1, 1, List.of(), List.of(run)))))
                .isEmpty();
        assertThat(standing(run)).isInstanceOf(QueueEntry.Over.class);
    }

    @Test
    void givesNoEpochTwiceAfterACrashThatTookTheNoteOfIt() {
        decide(new Reported(worker("w", 1)));
        after(Duration.ofSeconds(1));
        Run lost = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();

        scheduler = new AssignBuilds(Patience.DEFAULT, List.of(), now.plusMillis(1));
        after(Duration.ofMillis(1));
        decide(new Reported(worker("v", 1)));
        Run again = decide(new Queued(build(1, "linux/amd64"))).getFirst().run();

        assertThat(again.epoch()).isGreaterThan(lost.epoch());
    }

    private static QueuedBuild labelled(long position, String label, String value) {
        WantedWorker worker = new WantedWorker("default", Map.of(label, value));
        return build(position, "linux/amd64", "embedded", worker, "default", 0);
    }

    private QueueEntry.Standing standing(Run run) {
        return scheduler.entry(run.key()).orElseThrow().standing();
    }

    private void restart(String... buildIds) {
        List<QueueEntry> kept = List.of(buildIds).stream()
                .map(id -> scheduler.entry(new BuildKey(id, "linux/amd64")).orElseThrow())
                .toList();
        scheduler = new AssignBuilds(Patience.DEFAULT, kept, now);
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private List<Assignment> decide(Change change) {
        return scheduler.decide(change, now).assignments();
    }
}
