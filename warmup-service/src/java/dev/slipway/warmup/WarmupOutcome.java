package dev.slipway.warmup;

/** How warming an image ended. */
public sealed interface WarmupOutcome {

    /** There is no cluster to warm it on. */
    record NoCluster() implements WarmupOutcome {}

    /**
     * A cluster was gone through.
     *
     * @param nodes that should have it
     * @param warm those that were proven to have it
     */
    record Warmed(String cluster, int nodes, int warm) implements WarmupOutcome {
        public Warmed {
            if (warm < 0 || warm > nodes) {
                throw new IllegalArgumentException("%d of %d nodes cannot be warm".formatted(warm, nodes));
            }
        }
    }
}
