package dev.slipway.kit.events;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import java.util.List;

/** Sends events and returns when the broker has acknowledged them on all in-sync replicas. */
public interface EventPublisher {

    /**
     * Sends facts in order, with the current span as their hop.
     *
     * @throws BusUnavailableException when Kafka does not acknowledge in time; none, some or all may be there
     * @throws EventTooLargeException before anything is sent
     */
    void publish(Cause cause, List<? extends Fact> facts);

    /** Sends a fact as {@link #publish} does and does not wait: the work that it tells of can begin meanwhile. */
    default Acknowledgement begin(Cause cause, Fact fact) {
        publish(cause, fact);
        return () -> {};
    }

    /** What is still to come for a fact that was sent. */
    @FunctionalInterface
    interface Acknowledgement {
        /** Returns when it is there. Errors as {@link #publish}. */
        void await();
    }

    default void publish(Cause cause, Fact fact) {
        publish(cause, List.of(fact));
    }

    /** Sends a request of a tenant under the attributes that its sender gave it. Errors as {@link #publish}. */
    void publishRequest(String tenant, Envelope envelope, RequestEvent request);

    /** Sends what {@link EventWriter} made, a dead letter for example. Errors as {@link #publish}. */
    void send(OutgoingEvent event);
}
