package dev.slipway.gateway.builds;

import java.time.Duration;

/** A reader's place in the log. One thread reads and closes. */
public interface EventCursor extends AutoCloseable {

    /** Waits for the next event, at most for a time. */
    Step next(Duration patience) throws InterruptedException;

    /** Ends the reading; any thread may do that. */
    void stop();

    @Override
    void close();

    /** What came. */
    sealed interface Step {
        /**
         * An event.
         *
         * @param position behind it, from which a later reader goes on
         */
        record Event(LoggedEvent event, LogPosition position) implements Step {}

        /** Nothing came in time. */
        record Quiet() implements Step {}

        /** Nothing will come any more. */
        record Ended() implements Step {}
    }
}
