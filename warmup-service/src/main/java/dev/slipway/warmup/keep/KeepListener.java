package dev.slipway.warmup.keep;

/** Hears how keeping goes. Each call has been made known when it returns. */
public interface KeepListener {

    /** A node does not have an image any more; it gets it again. */
    void evicted(KeptImage image, String node);

    /** Nothing could be done; it is tried again. */
    void troubled(KeptImage image, RuntimeException cause);
}
