package dev.slipway.kit.handling;

import dev.slipway.events.Event;
import dev.slipway.events.Fact;
import dev.slipway.kit.events.Received;
import java.util.List;

/**
 * One step of the pipeline as its consumer sees it.
 *
 * @param <E> the sealed interface of the topic's events
 */
public interface Stage<E extends Event> {

    /** Name of the span, for example {@code assemble index}. */
    String name();

    Class<E> events();

    /** Whether this stage sees requests first, and so opens the trace of those that bring none. */
    default boolean first() {
        return false;
    }

    /** Whether an event is this stage's to handle; others of the topic pass without a span. */
    default boolean concerns(E event) {
        return true;
    }

    /**
     * Does the work and publishes what came of it. Business failures are events, not exceptions. Must be safe to call again
     * for the same event.
     *
     * @throws UnsupportedEventException for an event that this version does nothing with
     */
    void handle(Received<E> received);

    /**
     * The facts that end the build when {@link #handle} has thrown to the last retry. The event itself goes to the dead-letter
     * topic.
     */
    List<Fact> givenUp(Received<E> received, RuntimeException last);
}
