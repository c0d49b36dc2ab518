package dev.slipway.warmup;

/** How warming an image ended. */
public sealed interface WarmupOutcome {

    /** There is no cluster to warm it on. */
    record NoCluster() implements WarmupOutcome {}

    /** None of the targets that the cluster pulls from was published. */
    record NoTarget(String cluster) implements WarmupOutcome {}

    /** A cluster was gone through. */
    record Warmed(String cluster, Progress end) implements WarmupOutcome {}

    /** Too many nodes of a wave failed, and no more were tried. */
    record Halted(String cluster, Progress end) implements WarmupOutcome {}

    /** The run's deadline passed with nodes left. */
    record TooLate(String cluster, Progress end) implements WarmupOutcome {}

    /**
     * It could not be tried.
     *
     * @param message who, what, and the answer
     */
    record Failed(String cluster, Cause cause, String message) implements WarmupOutcome {}

    /** Why a cluster could not be tried. */
    enum Cause {
        CLUSTER_UNAVAILABLE,
        /** A request names a cluster that is not configured. */
        CLUSTER_UNKNOWN,
        IMAGE_UNREADABLE,
        REQUEST_INVALID,
        DEFECT
    }
}
