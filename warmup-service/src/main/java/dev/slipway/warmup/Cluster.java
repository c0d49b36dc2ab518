package dev.slipway.warmup;

import java.time.Duration;
import java.util.function.Consumer;

/** A cluster whose nodes shall have published images. */
public interface Cluster {

    String name();

    /**
     * Brings an image to the nodes, and proves by digest that it is there. Safe to call again for the same image: what an
     * earlier call has done is found.
     *
     * @return how it ended; what {@code listener} was told of last
     */
    WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener);

    /**
     * Keeps an image on the nodes: those that come get it, and those that lost it get it again. Returns when the time is over.
     *
     * @param evicted is told of each node that lost it
     * @throws java.util.concurrent.CancellationException when its thread is interrupted; nothing is left in the cluster
     * @throws RuntimeException where the cluster or the image cannot be reached; it may be tried again
     */
    void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted);
}
