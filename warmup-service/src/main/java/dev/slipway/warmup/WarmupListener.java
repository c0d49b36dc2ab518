package dev.slipway.warmup;

/** Hears how a warm-up goes. Each call has been made known when it returns. */
public interface WarmupListener {

    void started(String cluster, int nodes);

    void progressed(String cluster, Progress progress);

    void ended(WarmupOutcome outcome);
}
