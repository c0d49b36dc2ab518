package dev.slipway.build.queue;

import static dev.slipway.build.queue.Fleets.START;
import static dev.slipway.build.queue.Fleets.build;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private Instant now = START;
    private AssignBuilds scheduler = new AssignBuilds(Patience.DEFAULT, List.of(), START);

    @Test
    void givesATenantsUrgentBuildsSlotsFirst() {
        decide(new Queued(build(1, "a", 0)));
        decide(new Queued(build(2, "a", 5)));
        decide(new Queued(build(3, "a", 5)));

        assertThat(order("w", 3)).containsExactly("b2", "b3", "b1");
    }

    @Test
    void takesTenantsInTurn() {
        for (int i = 1; i <= 100; i++) {
            decide(new Queued(build(i, "greedy", 100)));
        }
        decide(new Queued(build(101, "modest", 0)));
        decide(new Queued(build(102, "other", 0)));
        decide(new Queued(build(103, "other", 0)));

        assertThat(order("w", 6)).containsExactly("b1", "b101", "b102", "b2", "b103", "b3");
    }

    @Test
    void countsWhatATenantHasOnWorkersAlready() {
        decide(new Reported(worker("w", 3)));
        decide(new Queued(build(1, "greedy", 0)));
        decide(new Queued(build(2, "greedy", 0)));
        decide(new Queued(build(3, "greedy", 0)));
        decide(new Queued(build(4, "greedy", 0)));
        decide(new Queued(build(5, "late", 0)));
        decide(new Queued(build(6, "late", 0)));

        assertThat(order("v", 3)).containsExactly("b5", "b6", "b4");
    }

    @Test
    void remembersAfterARestartWhoseTurnItIs() {
        decide(new Reported(worker("w", 1)));
        Run first = decide(new Queued(build(1, "a", 0))).getFirst().run();
        decide(new Queued(build(2, "a", 0)));
        decide(new Queued(build(3, "b", 0)));
        List<QueueEntry> kept = Stream.of(1, 2, 3)
                .map(position -> scheduler.entry(build(position, "", 0).key()).orElseThrow())
                .toList();
        scheduler = new AssignBuilds(Patience.DEFAULT, kept, now);

        assertThat(decide(new Reported(report("w", 1, 1, List.of(), List.of(first)))))
                .extracting(assignment -> assignment.run().key().buildId())
                .containsExactly("b3");
    }

    @Test
    void tellsThoseThatWaitTheirPlacesInTheOrderOfTheirTurns() {
        decide(new Reported(worker("w", 1)));
        Run running = decide(new Queued(build(1, "a", 0))).getFirst().run();
        decide(new Queued(build(2, "a", 0)));
        decide(new Queued(build(3, "a", 0)));
        decide(new Queued(build(4, "b", 0)));
        assertThat(places()).as("at once").isEmpty();

        after(Duration.ofSeconds(1));

        assertThat(places())
                .extracting(place -> "%s %d/%d".formatted(place.key().buildId(), place.position(), place.waiting()))
                .containsExactly("b4 1/3", "b2 2/3", "b3 3/3");
        after(Duration.ofSeconds(4));
        decide(new Reported(report("w", 1, 1, List.of(running), List.of())));
        decide(new Cancelled(build(4, "b", 0).key()));
        assertThat(places()).as("too soon again").isEmpty();
        after(Duration.ofSeconds(1));
        assertThat(places())
                .extracting(place -> "%s %d/%d".formatted(place.key().buildId(), place.position(), place.waiting()))
                .containsExactly("b2 1/2", "b3 2/2");
        after(Duration.ofSeconds(60));
        decide(new Reported(report("w", 1, 1, List.of(running), List.of())));
        assertThat(places()).as("nothing has changed").isEmpty();
    }

    /** The builds that a new worker's slots go to, in order. */
    private List<String> order(String worker, int slots) {
        return decide(new Reported(worker(worker, slots))).stream()
                .map(assignment -> assignment.run().key().buildId())
                .toList();
    }

    private List<Places.Place> places() {
        return scheduler.decide(new Ticked(), now).places();
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private List<Assignment> decide(Change change) {
        return scheduler.decide(change, now).assignments();
    }
}
