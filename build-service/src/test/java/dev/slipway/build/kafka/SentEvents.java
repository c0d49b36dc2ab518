package dev.slipway.build.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Acknowledges everything and remembers it. */
public final class SentEvents implements EventPublisher {
    private final List<Fact> facts = new CopyOnWriteArrayList<>();
    private final List<OutgoingEvent> others = new CopyOnWriteArrayList<>();

    @Override
    public void publish(Cause cause, List<? extends Fact> published) {
        facts.addAll(published);
    }

    @Override
    public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
        throw new AssertionError("build-service publishes no requests");
    }

    @Override
    public void send(OutgoingEvent event) {
        others.add(event);
    }

    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** Dead letters and status, as records. */
    public List<OutgoingEvent> others() {
        return List.copyOf(others);
    }

    public <F extends Fact> List<F> of(Class<F> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
