package dev.slipway.events.model;

/** How a warm-up ended on a cluster. */
public enum WarmupOutcome {
    WARMED,
    PARTIALLY_WARMED,
    /** No cluster is configured. */
    SKIPPED_NO_CLUSTER,
    /** None of the targets that the cluster pulls from was published. */
    SKIPPED_NO_TARGET
}
