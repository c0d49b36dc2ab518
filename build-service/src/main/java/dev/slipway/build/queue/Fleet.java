package dev.slipway.build.queue;

import dev.slipway.build.queue.WorkerReport.Fit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workers that live, by what each of them said last. */
final class Fleet {

    /** A worker that fits a build and has a free slot. */
    record Choice(WorkerReport worker, Fit fit, int free) {
        private static final Comparator<Choice> BEST_FIRST = Comparator.comparing(Choice::fit)
                .thenComparing(Comparator.comparingInt(Choice::free).reversed())
                .thenComparing(choice -> choice.worker().worker());
    }

    private record Heard(WorkerReport report, Instant at) {}

    private final Map<String, Heard> workers = new HashMap<>();

    /** False where a later incarnation of the worker has already reported. */
    boolean hear(WorkerReport report, Instant now) {
        Heard before = workers.get(report.worker());
        if (before != null && before.report().incarnation() > report.incarnation()) {
            return false;
        }
        workers.put(report.worker(), new Heard(report, now));
        return true;
    }

    void forgetSilent(Instant since) {
        workers.values().removeIf(heard -> heard.at().isBefore(since));
    }

    boolean isAlive(String worker, long incarnation) {
        Heard heard = workers.get(worker);
        return heard != null && heard.report().incarnation() == incarnation;
    }

    /**
     * The best worker for a build: native before emulated, then the one with the most free slots.
     *
     * @param patient whether it still waits for a native worker that lives and is busy
     */
    Optional<Choice> choose(QueuedBuild build, boolean patient, Map<String, Set<BuildKey>> assigned) {
        List<Choice> choices = new ArrayList<>();
        boolean nativeLives = false;
        for (Heard heard : workers.values()) {
            WorkerReport worker = heard.report();
            Optional<Fit> fit = worker.fit(build);
            nativeLives |= fit.equals(Optional.of(Fit.NATIVE));
            int free = free(worker, assigned);
            if (fit.isPresent() && free > 0) {
                choices.add(new Choice(worker, fit.get(), free));
            }
        }
        boolean nativeOnly = patient && nativeLives;
        return choices.stream()
                .filter(choice -> choice.fit() == Fit.NATIVE || !nativeOnly)
                .min(Choice.BEST_FIRST);
    }

    boolean hasFreeSlot(Map<String, Set<BuildKey>> assigned) {
        return workers.values().stream().anyMatch(heard -> free(heard.report(), assigned) > 0);
    }

    /** Used is what it was asked to build, and what it says it builds: it may not know yet that it lost one. */
    private static int free(WorkerReport worker, Map<String, Set<BuildKey>> assigned) {
        Set<BuildKey> used = new HashSet<>(assigned.getOrDefault(worker.worker(), Set.of()));
        worker.running().forEach(run -> used.add(run.key()));
        return worker.slots() - used.size();
    }
}
