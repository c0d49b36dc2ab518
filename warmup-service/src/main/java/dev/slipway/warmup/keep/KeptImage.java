package dev.slipway.warmup.keep;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.PublishedImage;
import java.time.Instant;
import java.util.Map;

/**
 * An image that a cluster keeps on its nodes.
 *
 * @param reference under which it is kept: what a tag names may become another image
 * @param nodeSelector labels that nodes must have
 */
public record KeptImage(
        String cluster, Reference reference, PublishedImage image, Map<String, String> nodeSelector, Instant until) {
    public KeptImage {
        nodeSelector = Map.copyOf(nodeSelector);
    }

    /** Tells it from the others of all clusters. */
    public String key() {
        return cluster + "|" + reference;
    }

    KeptImage naming(PublishedImage other) {
        return new KeptImage(cluster, reference, other, nodeSelector, until);
    }
}
