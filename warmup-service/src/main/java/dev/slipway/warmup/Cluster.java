package dev.slipway.warmup;

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
}
