package dev.slipway.build.kafka;

import dev.slipway.events.EventType;
import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.TraceParent;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Events as consumers see them. */
public final class Records {
    private static final EventWriter WRITER = new EventWriter("/test", Clock.systemUTC());

    private Records() {}

    public static ConsumerRecord<String, byte[]> request(String id, RequestEvent request) {
        Envelope envelope = new Envelope(
                id,
                EventType.of(request).ceType(),
                "/test",
                Optional.empty(),
                Examples.REQUESTED_AT,
                Optional.empty(),
                Optional.empty(),
                new TraceParent("00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01"),
                Envelope.TraceOrigin.GIVEN,
                Optional.empty());
        return record(WRITER.request("default", envelope, request, SpanContext.getInvalid()));
    }

    public static ConsumerRecord<String, byte[]> fact(Fact fact) {
        return record(WRITER.fact(fact, Examples.cause(fact.subject()), SpanContext.getInvalid()));
    }

    public static ConsumerRecord<String, byte[]> status(WorkerStatus status) {
        return record(WRITER.fact(status));
    }

    public static String reason(OutgoingEvent deadLetter) {
        return new String(
                deadLetter.headers().lastHeader("dead-letter-reason").value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    public static boolean isDeadLetter(OutgoingEvent event) {
        return event.topic().equals(Topic.DEAD_LETTER.topicName());
    }

    private static ConsumerRecord<String, byte[]> record(OutgoingEvent event) {
        byte[] value = event.value() == null ? new byte[0] : event.value();
        return new ConsumerRecord<>(
                event.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                value.length,
                event.key().orElse(""),
                value,
                event.headers(),
                Optional.empty());
    }
}
