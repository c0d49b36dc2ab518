package dev.slipway.build.queue;

import dev.slipway.oci.Platform;

/**
 * A platform build that waits for a worker, or has one.
 *
 * @param position in the queue's log: what was queued earlier has a lower one
 * @param pool of the workers that may build it
 * @param builder the driver that must build it
 */
public record QueuedBuild(BuildKey key, long position, String pool, String builder) {

    public QueuedBuild {
        Platform.parse(key.platform());
    }

    Platform platform() {
        return Platform.parse(key.platform());
    }
}
