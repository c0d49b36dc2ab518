package dev.slipway.build.queue;

import dev.slipway.oci.Platform;

/**
 * A platform build that waits for a worker, or has one.
 *
 * @param position in the queue's log: what was queued earlier has a lower one
 * @param worker which workers may build it
 * @param builder the driver that must build it
 * @param tenant whose it is
 * @param priority among what its tenant waits for; the higher goes first
 */
public record QueuedBuild(
        BuildKey key, long position, WantedWorker worker, String builder, String tenant, int priority) {

    public QueuedBuild {
        Platform.parse(key.platform());
    }

    Platform platform() {
        return Platform.parse(key.platform());
    }
}
