package dev.slipway.push.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.push.kafka.log.InMemoryTopics;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Clock;
import java.util.List;

/** Appends to topics in memory, for as long as its process lives. */
final class InMemoryPublisher implements EventPublisher {
    private final InMemoryTopics topics;
    private final Life life;
    private final EventWriter writer = new EventWriter("/slipway/push-service", Clock.systemUTC());

    InMemoryPublisher(InMemoryTopics topics, Life life) {
        this.topics = topics;
        this.life = life;
    }

    @Override
    public void publish(Cause cause, List<? extends Fact> facts) {
        facts.forEach(fact -> send(writer.fact(fact, cause, SpanContext.getInvalid())));
    }

    @Override
    public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
        send(writer.request(tenant, envelope, request, SpanContext.getInvalid()));
    }

    @Override
    public void send(OutgoingEvent event) {
        life.live();
        var record = event.toProducerRecord();
        topics.append(record.topic(), record.key(), record.headers(), record.value());
        life.effect();
    }
}
