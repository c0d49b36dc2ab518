package dev.slipway.kit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.events.Event;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.Topic;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Writes events as Kafka records: CloudEvents 1.0, binary mode. */
public final class EventWriter {
    private final String source;
    private final Clock clock;
    private final WrittenEvents written;

    /**
     * Makes a writer.
     *
     * @param source {@code ce_source} of the facts, for example {@code /slipway/push-service}
     */
    public EventWriter(String source, Clock clock) {
        this(source, clock, WrittenEvents.NOBODY);
    }

    /** The same; somebody is told of what is written. */
    public EventWriter(String source, Clock clock, WrittenEvents written) {
        this.source = source;
        this.clock = clock;
        this.written = written;
    }

    /**
     * A fact as a record of its topic.
     *
     * @param hop the span that sends it; an invalid context for none
     * @throws EventTooLargeException where the record would be over the limit
     */
    public OutgoingEvent fact(Fact fact, Cause cause, SpanContext hop) {
        Headers headers = attributes(fact);
        put(headers, "ce_correlationid", cause.buildId());
        put(headers, "ce_causationid", cause.eventId());
        put(headers, "ce_traceparent", cause.trace().value());
        hop(headers, hop);
        OutgoingEvent event = outgoing(fact, headers);
        written.fact(fact);
        return event;
    }

    /** A fact that no event has caused and that belongs to no build, a worker's status for example. Errors as above. */
    public OutgoingEvent fact(Fact fact) {
        return outgoing(fact, attributes(fact));
    }

    private Headers attributes(Fact fact) {
        EventType type = EventType.of(fact);
        Headers headers = attributes(type, EventIds.eventId(type.ceType(), fact), source, clock.instant());
        put(headers, "ce_subject", fact.subject());
        put(headers, "ce_partitionkey", fact.partitionKey());
        return headers;
    }

    private static OutgoingEvent outgoing(Fact fact, Headers headers) {
        EventType type = EventType.of(fact);
        return new OutgoingEvent(type.topic().topicName(), fact.partitionKey(), headers, json(type, fact));
    }

    /** A request of a tenant, under the attributes that its sender gave it. Errors as {@link #fact}. */
    public OutgoingEvent request(String tenant, Envelope envelope, RequestEvent request, SpanContext hop) {
        EventType type = EventType.of(request);
        String buildId = request.buildIdOf(envelope.source(), envelope.id());
        Headers headers = attributes(type, envelope.id(), envelope.source(), envelope.time());
        put(headers, "ce_subject", envelope.subject().orElse(buildId));
        put(headers, "ce_correlationid", buildId);
        put(headers, "ce_partitionkey", buildId);
        if (envelope.traceOrigin() == Envelope.TraceOrigin.GIVEN) {
            put(headers, "ce_traceparent", envelope.trace().value());
        }
        hop(headers, hop);
        return new OutgoingEvent(Topic.requestsOf(tenant), buildId, headers, json(type, request));
    }

    /**
     * A record that could not be handled, as it was, with headers that say why and where it lay.
     *
     * @param reason one sentence
     */
    public OutgoingEvent deadLetter(
            RecordPosition at,
            @Nullable String key,
            Headers original,
            byte @Nullable [] value,
            String reason,
            Optional<Throwable> cause) {
        Headers headers = new RecordHeaders(original);
        put(headers, DeadLetterHeaders.REASON, reason);
        cause.ifPresent(thrown ->
                put(headers, DeadLetterHeaders.CAUSE, thrown.getClass().getName()));
        put(headers, DeadLetterHeaders.TOPIC, at.topic());
        put(headers, DeadLetterHeaders.PARTITION, Integer.toString(at.partition()));
        put(headers, DeadLetterHeaders.OFFSET, Long.toString(at.offset()));
        put(headers, DeadLetterHeaders.SERVICE, source);
        put(headers, DeadLetterHeaders.TIME, clock.instant().toString());
        written.deadLetter(at.topic());
        return new OutgoingEvent(Topic.DEAD_LETTER.topicName(), key, headers, value);
    }

    /**
     * What a dead letter was before it was one: a record of the topic on which it lay, its key, headers and value unchanged.
     *
     * @throws IllegalArgumentException where it does not say which topic that was
     */
    public OutgoingEvent original(@Nullable String key, Headers letter, byte @Nullable [] value) {
        String topic = DeadLetterHeaders.text(letter, DeadLetterHeaders.TOPIC)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it has no header " + DeadLetterHeaders.TOPIC + ", so nobody knows where it lay"));
        Headers headers = new RecordHeaders();
        for (Header header : letter) {
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                headers.add(header);
            }
        }
        return new OutgoingEvent(topic, key, headers, value);
    }

    /** A record beside a dead letter, without a value, that says that it was sent again. */
    public OutgoingEvent replayed(int partition, long offset, @Nullable String key) {
        Headers headers = new RecordHeaders();
        put(headers, DeadLetterHeaders.REPLAYED_PARTITION, Integer.toString(partition));
        put(headers, DeadLetterHeaders.REPLAYED_OFFSET, Long.toString(offset));
        put(headers, DeadLetterHeaders.SERVICE, source);
        put(headers, DeadLetterHeaders.TIME, clock.instant().toString());
        written.replayed();
        return new OutgoingEvent(Topic.DEAD_LETTER.topicName(), key, headers, null);
    }

    private static Headers attributes(EventType type, String id, String source, Instant time) {
        Headers headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_type", type.ceType());
        put(headers, "ce_source", source);
        put(headers, "ce_time", time.toString());
        put(headers, "ce_dataschema", type.dataSchema());
        put(headers, "content-type", "application/json");
        return headers;
    }

    private static void hop(Headers headers, SpanContext hop) {
        if (hop.isValid()) {
            put(
                    headers,
                    "traceparent",
                    "00-" + hop.getTraceId() + "-" + hop.getSpanId() + "-"
                            + hop.getTraceFlags().asHex());
        }
    }

    private static byte[] json(EventType type, Event event) {
        byte[] json;
        try {
            json = EventJson.mapper().writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an event of type " + type.ceType(), e);
        }
        if (json.length > Topic.MAX_RECORD_BYTES) {
            throw new EventTooLargeException("event of type '%s' has %d bytes; at most %d are allowed"
                    .formatted(type.ceType(), json.length, Topic.MAX_RECORD_BYTES));
        }
        return json;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
