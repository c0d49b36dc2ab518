package dev.slipway.build.queue;

import java.time.Instant;

/** A platform build and where it stands: all that the scheduler must not forget. */
public record QueueEntry(QueuedBuild build, Standing standing) {

    public sealed interface Standing {
        /** The highest epoch under which it was assigned; 0 for none. */
        long epoch();
    }

    /**
     * No worker has it.
     *
     * @param attempts how many workers were asked before
     * @param since it was queued, or given back
     */
    public record Waiting(int attempts, long epoch, Instant since) implements Standing {}

    public record Assigned(Assignment assignment, Instant since) implements Standing {
        @Override
        public long epoch() {
            return assignment.run().epoch();
        }

        boolean isOn(WorkerReport report) {
            return assignment.worker().equals(report.worker()) && assignment.incarnation() == report.incarnation();
        }
    }

    /** Brought to an end, or cancelled; kept for a while, so that the same build queued again is not built again. */
    public record Over(long epoch, Instant since) implements Standing {}

    BuildKey key() {
        return build.key();
    }

    QueueEntry with(Standing next) {
        return new QueueEntry(build, next);
    }
}
