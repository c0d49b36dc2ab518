package dev.slipway.cli.gateway;

import org.jspecify.annotations.Nullable;

/** The gateway was not reached, or answered something else than was hoped for. */
public final class GatewayFailure extends RuntimeException {

    /** What kind of trouble it is, so that callers need not read messages. */
    public enum Kind {
        /** Nobody listens, the connection broke, or the answer was 5xx. */
        UNAVAILABLE,
        /** 404. */
        NOT_FOUND,
        /** Any other 4xx: the same request will never be accepted. */
        REFUSED
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public GatewayFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
