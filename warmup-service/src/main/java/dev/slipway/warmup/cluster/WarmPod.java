package dev.slipway.warmup.cluster;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.node.Strategy;
import java.time.Duration;

/**
 * A pod that makes one node pull one image.
 *
 * @param image by digest
 * @param tool the image with the program that runs in place of the image's own
 * @param strategy never {@link Strategy#AUTO}
 * @param probe whether nothing may be pulled: it shows whether the node has the image still
 * @param deadline after which the node has failed
 */
public record WarmPod(
        String name,
        RunId run,
        String node,
        Reference.Digested image,
        Reference.Digested tool,
        Strategy strategy,
        boolean probe,
        Duration deadline) {}
