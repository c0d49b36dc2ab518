package dev.slipway.events;

import dev.slipway.events.model.RunningBuild;
import dev.slipway.events.model.WorkerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Topic {@code slipway.worker.status}, compacted by worker id. */
public sealed interface WorkerEvent extends Fact {

    /**
     * Type {@code dev.slipway.worker.status.v1}, emitted once a second and at each change.
     *
     * @param worker the worker's id, which survives its restarts
     * @param incarnation grows with each start of the process; what an older incarnation ran is gone
     * @param slots how many platform builds it runs at once
     * @param running what it runs now
     * @param finished the latest of what this incarnation has finished, oldest first, at most 100
     */
    record WorkerStatus(
            String worker,
            long incarnation,
            WorkerState state,
            String pool,
            Map<String, String> labels,
            List<String> nativePlatforms,
            List<String> emulatedPlatforms,
            List<String> builders,
            int slots,
            List<RunningBuild> running,
            List<RunningBuild> finished,
            Instant sentAt)
            implements WorkerEvent {
        public WorkerStatus {
            labels = Lists.ordered(labels);
            nativePlatforms = List.copyOf(nativePlatforms);
            emulatedPlatforms = List.copyOf(emulatedPlatforms);
            builders = List.copyOf(builders);
            running = List.copyOf(running);
            finished = List.copyOf(finished);
        }

        @Override
        public String subject() {
            return worker;
        }

        @Override
        public List<String> identity() {
            return List.of(worker, Long.toString(incarnation), sentAt.toString());
        }
    }
}
