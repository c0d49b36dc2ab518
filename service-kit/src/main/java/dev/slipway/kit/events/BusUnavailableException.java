package dev.slipway.kit.events;

/** Kafka did not acknowledge in time. The same call may succeed later. */
public final class BusUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
