package dev.slipway.build.queue;

/**
 * Asks a worker to build.
 *
 * @param incarnation of the worker that was chosen; a later one of the same name is not meant
 * @param emulated whether the worker runs the platform's binaries by emulation
 */
public record Assignment(Run run, String worker, long incarnation, boolean emulated) {}
