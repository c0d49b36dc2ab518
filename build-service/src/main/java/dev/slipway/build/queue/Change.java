package dev.slipway.build.queue;

/** Something the scheduler hears of. */
public sealed interface Change {

    record Queued(QueuedBuild build) implements Change {}

    record Cancelled(BuildKey key) implements Change {}

    record Reported(WorkerReport report) implements Change {}

    /** Time has passed: comes about once a second. */
    record Ticked() implements Change {}
}
