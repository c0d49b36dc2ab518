package dev.slipway.oci.registry.http;

import dev.slipway.oci.StoreException;
import java.time.Duration;

/** Told of each try that failed and is made again, by the thread that makes it, before its pause. */
@FunctionalInterface
public interface RetryObserver {
    RetryObserver NONE = retry -> {};

    void retried(Retry retry);

    /**
     * A try that follows one that failed.
     *
     * @param failure of the one before; its message says who, what and the answer
     * @param number of the try that comes: 2 for the first that is made again
     * @param pause before it, if nobody else has to wait longer
     */
    record Retry(StoreException failure, int number, Duration pause) {}
}
