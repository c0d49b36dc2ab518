package dev.slipway.warmup;

import java.util.List;

/** Warms an image on every cluster; where there is none, that is an outcome too. */
public final class WarmImage {
    private final List<Cluster> clusters;

    public WarmImage(List<Cluster> clusters) {
        this.clusters = List.copyOf(clusters);
    }

    /** One outcome for each cluster, and one in all where there is none. */
    public List<WarmupOutcome> warm(PublishedImage image) {
        return clusters.isEmpty()
                ? List.of(new WarmupOutcome.NoCluster())
                : clusters.stream().map(cluster -> cluster.warm(image)).toList();
    }
}
