package dev.slipway.warmup.pull;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of an image on a cluster.
 *
 * @param byDigest whether it is named by its digest
 * @param immutable whether its tag is one that does not move
 * @param canary whether a pod is marked as one that tries a new version before its release
 * @param askingNodes that asked for it lately
 * @param copies nodes that were proven to have it
 * @param nodes that should have it; 0 where it was never warmed here
 * @param lastPulled how long ago
 */
public record Situation(
        boolean byDigest,
        boolean immutable,
        boolean canary,
        int askingNodes,
        int copies,
        int nodes,
        Optional<Duration> lastPulled) {

    double coverage() {
        return nodes == 0 ? 0 : (double) copies / nodes;
    }
}
