package dev.slipway.kit.handling;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;

/** A bus in memory, which can be down for a number of calls. */
final class RecordingPublisher implements EventPublisher {
    final List<Fact> facts = new ArrayList<>();
    final List<OutgoingEvent> sent = new ArrayList<>();
    int downFor;

    @Override
    public void publish(Cause cause, List<? extends Fact> published) {
        failWhileDown();
        facts.addAll(published);
    }

    @Override
    public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
        throw new UnsupportedOperationException("no stage publishes requests");
    }

    @Override
    public void send(OutgoingEvent event) {
        failWhileDown();
        sent.add(event);
    }

    private void failWhileDown() {
        if (downFor > 0) {
            downFor--;
            throw new BusUnavailableException("down", new IllegalStateException("for the test"));
        }
    }
}
