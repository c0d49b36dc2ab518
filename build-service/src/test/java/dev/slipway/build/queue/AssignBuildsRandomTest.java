package dev.slipway.build.queue;

import static dev.slipway.build.queue.Fleets.START;
import static dev.slipway.build.queue.Fleets.build;
import static dev.slipway.build.queue.Fleets.report;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.queue.Change.Queued;
import dev.slipway.build.queue.Change.Reported;
import dev.slipway.build.queue.Change.Ticked;
import dev.slipway.build.work.WorkerRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers die, restart, fall silent and come back; the scheduler is killed and loses its last notes. */
class AssignBuildsRandomTest {
    private static final int BUILDS = 60;
    private static final int SLOTS = 2;

    private final Map<String, SimulatedWorker> workers = new HashMap<>();
    private final Map<BuildKey, QueueEntry> store = new HashMap<>();
    private final Set<Long> epochs = new HashSet<>();
    private Instant now = START;
    private AssignBuilds scheduler = new AssignBuilds(Patience.DEFAULT, List.of(), START);

    private static final class SimulatedWorker {
        private final String name;
        private final long incarnation;
        private final WorkerRuns runs = new WorkerRuns();
        private int silentFor;

        SimulatedWorker(String name, long incarnation) {
            this.name = name;
            this.incarnation = incarnation;
        }

        WorkerReport report() {
            return Fleets.report(name, incarnation, SLOTS, runs.running(), runs.finished());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyBuildEndsAndNoWorkerIsOverloaded(long seed) {
        Random random = new Random(seed);
        List<QueuedBuild> queue = new ArrayList<>();
        for (int i = 1; i <= BUILDS; i++) {
            queue.add(build(i, random.nextBoolean() ? "linux/amd64" : "linux/arm64"));
        }
        start("a", 1);
        start("b", 1);
        start("c", 1);

        Set<BuildKey> finished = new HashSet<>();
        int rounds = 0;
        while (finished.size() < BUILDS) {
            assertThat(rounds++).as("rounds of half a second").isLessThan(2000);
            now = now.plusMillis(500);
            for (int i = random.nextInt(3); i > 0 && !queue.isEmpty(); i--) {
                QueuedBuild next = queue.removeFirst();
                decide(new Queued(next));
                if (random.nextInt(4) == 0) {
                    decide(new Queued(next));
                }
            }
            disturb(random);
            work(random, finished);
            decide(new Ticked());
            workers.values().forEach(this::isNotOverloaded);
        }
    }

    private void disturb(Random random) {
        String name = List.of("a", "b", "c").get(random.nextInt(3));
        SimulatedWorker worker = requireNonNull(workers.get(name));
        switch (random.nextInt(40)) {
            case 0 -> start(name, worker.incarnation + 1);
            case 1 -> worker.silentFor = 20;
            case 2 -> scheduler = new AssignBuilds(Patience.DEFAULT, store.values(), now);
            case 3 -> decide(new Reported(report(name, worker.incarnation - 1, SLOTS, List.of(), List.of())));
            default -> {}
        }
    }

    private void start(String name, long incarnation) {
        workers.put(name, new SimulatedWorker(name, incarnation));
    }

    private void work(Random random, Set<BuildKey> finished) {
        for (SimulatedWorker worker : workers.values()) {
            for (Run run : worker.runs.running()) {
                if (random.nextInt(4) == 0) {
                    worker.runs.finish(run.key());
                    finished.add(run.key());
                }
            }
            if (worker.silentFor-- <= 0) {
                decide(new Reported(worker.report()));
            }
        }
    }

    private void decide(Change change) {
        Decisions decisions = scheduler.decide(change, now);
        decisions
                .changed()
                .forEach(key ->
                        scheduler.entry(key).ifPresentOrElse(entry -> store.put(key, entry), () -> store.remove(key)));
        decisions.assignments().forEach(this::deliver);
    }

    private void deliver(Assignment assignment) {
        assertThat(epochs.add(assignment.run().epoch()))
                .as("epoch of %s is new", assignment)
                .isTrue();
        for (SimulatedWorker worker : workers.values()) {
            boolean meant = worker.name.equals(assignment.worker()) && worker.incarnation == assignment.incarnation();
            WorkerRuns.Verdict verdict = worker.runs.read(assignment.run(), meant);
            if (verdict == WorkerRuns.Verdict.LOST) {
                worker.runs.abandon(assignment.run().key());
            }
        }
    }

    private void isNotOverloaded(SimulatedWorker worker) {
        Set<BuildKey> keys = worker.runs.running().stream().map(Run::key).collect(Collectors.toSet());
        assertThat(keys).as("runs of %s", worker.name).hasSizeLessThanOrEqualTo(SLOTS);
    }
}
