package dev.slipway.build.queue;

/**
 * Takes a build back from a worker: nobody waits for it.
 *
 * @param incarnation of the worker that has it
 */
public record Revocation(Run run, String worker, long incarnation) {}
