package dev.slipway.oci.registry.http;

import dev.slipway.oci.StoreException;
import java.time.Duration;
import java.util.Optional;

/** An attempt failed in a way that another one may not. */
public final class TransientFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final StoreException failure;
    private final transient Optional<Duration> retryAfter;

    TransientFailure(StoreException failure, Optional<Duration> retryAfter) {
        super(failure);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    /** What to throw when no attempt is left. */
    public StoreException failure() {
        return failure;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
