package dev.slipway.warmup.cluster;

/** A cluster does not take a pod, and asking again does not help. */
public final class PodRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PodRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
