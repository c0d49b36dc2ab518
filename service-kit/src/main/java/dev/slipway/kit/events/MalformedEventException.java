package dev.slipway.kit.events;

/** A record that no retry will make readable: it belongs on the dead-letter topic. */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedEventException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public MalformedEventException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What is wrong with the record, in one sentence. */
    public String reason() {
        return reason;
    }
}
