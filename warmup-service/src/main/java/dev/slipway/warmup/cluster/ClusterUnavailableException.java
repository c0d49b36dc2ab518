package dev.slipway.warmup.cluster;

import org.jspecify.annotations.Nullable;

/** A cluster's API did not answer, or not as it should. */
public final class ClusterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
