package dev.slipway.build.queue;

/** A platform build on a worker, under the epoch of the assignment that put it there. */
public record Run(BuildKey key, int attempt, long epoch) {}
