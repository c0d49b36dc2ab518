package dev.slipway.kit.events;

import dev.slipway.events.Event;

/**
 * An event as read from a topic.
 *
 * @param buildId the build it belongs to; for a request, derived from its source and id
 * @param topic where it was read
 */
public record Received<E extends Event>(E event, Envelope envelope, String buildId, String topic) {

    /** For facts that this event causes. */
    public Cause cause() {
        return new Cause(buildId, envelope.trace(), envelope.id());
    }

    <F extends Event> Received<F> as(Class<F> type) {
        return new Received<>(type.cast(event), envelope, buildId, topic);
    }
}
