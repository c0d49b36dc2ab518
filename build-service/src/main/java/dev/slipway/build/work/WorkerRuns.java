package dev.slipway.build.work;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a worker runs, what it has finished, and which assignments it has seen. Safe for use by several threads. */
public final class WorkerRuns {
    private static final int FINISHED_KEPT = 100;
    private static final int TOLD_OFTEN_ENOUGH = 3;
    private static final int EPOCHS_KEPT = 10_000;

    private final Map<BuildKey, Run> running = new LinkedHashMap<>();
    private final Map<Run, Integer> finished = new LinkedHashMap<>();
    private final Map<BuildKey, Long> highestEpochs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BuildKey, Long> eldest) {
            return size() > EPOCHS_KEPT;
        }
    };

    /** What an assignment means for this worker. */
    public enum Verdict {
        /** Build it. */
        START,
        /** It runs here already, under an older epoch, and goes on under the new one. */
        RENEWED,
        /** It runs here, and now somebody else builds it. */
        LOST,
        /** It is old, or none of this worker's business. */
        NOTHING
    }

    /** Reads an assignment in the order of their log. */
    public synchronized Verdict read(Run assigned, boolean toThisWorker) {
        Long highest = highestEpochs.get(assigned.key());
        if (highest != null && highest >= assigned.epoch()) {
            return Verdict.NOTHING;
        }
        highestEpochs.put(assigned.key(), assigned.epoch());
        if (!toThisWorker) {
            return running.containsKey(assigned.key()) ? Verdict.LOST : Verdict.NOTHING;
        }
        return running.put(assigned.key(), assigned) == null ? Verdict.START : Verdict.RENEWED;
    }

    /**
     * Nobody waits for what was assigned under an epoch: an assignment of it that comes late is not begun any more. Returns
     * whether it runs here.
     */
    public synchronized boolean revoke(BuildKey key, long epoch) {
        highestEpochs.merge(key, epoch, Math::max);
        Run run = running.get(key);
        return run != null && run.epoch() <= epoch;
    }

    /** The run has come to its end, good or bad, and its event is out. */
    public synchronized void finish(BuildKey key) {
        Optional.ofNullable(running.remove(key)).ifPresent(run -> finished.put(run, 0));
        if (finished.size() > FINISHED_KEPT) {
            finished.remove(finished.keySet().iterator().next());
        }
    }

    /** The run was given up here, and somebody else has to take it. */
    public synchronized void abandon(BuildKey key) {
        running.remove(key);
    }

    public synchronized List<Run> running() {
        return new ArrayList<>(running.values());
    }

    /** The latest ones that were not told of often enough, the oldest first. */
    public synchronized List<Run> finished() {
        return new ArrayList<>(finished.keySet());
    }

    /** A status that says that they are finished is in the log, where the scheduler will read it. */
    public synchronized void told(List<Run> runs) {
        runs.forEach(run -> finished.computeIfPresent(
                run, (told, times) -> times + 1 < TOLD_OFTEN_ENOUGH ? Integer.valueOf(times + 1) : null));
    }
}
