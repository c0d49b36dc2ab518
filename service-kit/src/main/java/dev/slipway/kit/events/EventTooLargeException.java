package dev.slipway.kit.events;

/** An event is over {@link dev.slipway.events.Topic#MAX_RECORD_BYTES}: it is refused before it is sent. */
public final class EventTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventTooLargeException(String message) {
        super(message);
    }
}
