package dev.slipway.gateway.builds;

/** The whole log, whatever the history has kept of it. */
public interface EventLog {

    /**
     * Reads from a position on, what is there in the order of its times, then as it comes.
     *
     * @param follow whether to wait at the end of what was there when the reading began
     * @param workers whether the status of workers is among the events
     * @throws LogUnavailableException where it cannot be read now
     */
    EventCursor read(LogPosition from, boolean follow, boolean workers);

    /** The log cannot be read now; later it may. */
    final class LogUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LogUnavailableException(String message) {
            super(message);
        }
    }
}
