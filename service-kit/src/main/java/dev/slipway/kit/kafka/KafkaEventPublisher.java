package dev.slipway.kit.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventTooLargeException;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Publishes through one idempotent producer with {@code acks=all}; every send is awaited. */
public final class KafkaEventPublisher implements EventPublisher {
    private final Producer<String, byte[]> producer;
    private final EventWriter writer;

    public KafkaEventPublisher(Producer<String, byte[]> producer, EventWriter writer) {
        this.producer = producer;
        this.writer = writer;
    }

    @Override
    public void publish(Cause cause, List<? extends Fact> facts) {
        SpanContext hop = Span.current().getSpanContext();
        sendAll(facts.stream().map(fact -> writer.fact(fact, cause, hop)).toList());
    }

    @Override
    public Acknowledgement begin(Cause cause, Fact fact) {
        OutgoingEvent event = writer.fact(fact, cause, Span.current().getSpanContext());
        Future<RecordMetadata> answer = start(event);
        return () -> await(event, answer);
    }

    @Override
    public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
        sendAll(List.of(writer.request(tenant, envelope, request, Span.current().getSpanContext())));
    }

    @Override
    public void send(OutgoingEvent event) {
        sendAll(List.of(event));
    }

    private void sendAll(List<OutgoingEvent> events) {
        List<Future<RecordMetadata>> answers = new ArrayList<>(events.size());
        for (OutgoingEvent event : events) {
            answers.add(start(event));
        }
        for (int i = 0; i < answers.size(); i++) {
            await(events.get(i), answers.get(i));
        }
    }

    private Future<RecordMetadata> start(OutgoingEvent event) {
        try {
            return producer.send(event.toProducerRecord());
        } catch (KafkaException e) {
            throw notAcknowledged(event, e);
        }
    }

    private static void await(OutgoingEvent event, Future<RecordMetadata> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw notAcknowledged(event, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAcknowledged(event, e);
        }
    }

    private static RuntimeException notAcknowledged(OutgoingEvent event, Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return new EventTooLargeException(
                    "Kafka refused an event for topic '%s': %s".formatted(event.topic(), cause.getMessage()));
        }
        return new BusUnavailableException(
                "Kafka did not acknowledge an event for topic '%s': %s".formatted(event.topic(), cause.getMessage()),
                cause);
    }
}
