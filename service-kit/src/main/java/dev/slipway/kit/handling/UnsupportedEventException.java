package dev.slipway.kit.handling;

/** A stage cannot do what a well-formed event asks for, now or later: the event belongs on the dead-letter topic at once. */
public final class UnsupportedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public UnsupportedEventException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What cannot be done, in one sentence. */
    public String reason() {
        return reason;
    }
}
