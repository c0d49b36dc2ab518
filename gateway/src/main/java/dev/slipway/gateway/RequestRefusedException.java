package dev.slipway.gateway;

/** The bus did not take a request. */
public final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, so that callers need not read messages. */
    public enum Reason {
        /** It did not acknowledge in time. The same request may be sent again: it is the same build. */
        UNAVAILABLE,
        TOO_LARGE
    }

    private final Reason reason;

    public RequestRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
