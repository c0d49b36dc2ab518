package dev.slipway.kit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.events.Event;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.Topic;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents 1.0 from Kafka records, in binary and in structured mode (CloudEvents Kafka protocol binding). */
public final class EventReader {

    /**
     * Reads an event whose type belongs on the topic.
     *
     * @throws MalformedEventException saying what of the record is wrong; retrying cannot help
     */
    public <E extends Event> Received<E> read(String topic, Headers headers, byte @Nullable [] value, Class<E> wanted)
            throws MalformedEventException {
        Received<?> received = read(topic, headers, value);
        if (!wanted.isInstance(received.event())) {
            throw new MalformedEventException("event type '%s' does not belong on topic '%s'"
                    .formatted(received.envelope().type(), topic));
        }
        return received.as(wanted);
    }

    /** Reads an event of any type of the contract. */
    public Received<?> read(String topic, Headers headers, byte @Nullable [] value) throws MalformedEventException {
        if (value == null) {
            throw new MalformedEventException("the record has no value");
        }
        CloudEvent cloudEvent = cloudEvent(headers, value);
        EventType type = EventType.ofType(cloudEvent.getType())
                .orElseThrow(() -> new MalformedEventException(
                        "unknown event type or version '%s'".formatted(cloudEvent.getType())));
        CloudEventData data = cloudEvent.getData();
        if (data == null) {
            throw new MalformedEventException(
                    "event '%s' of type '%s' has no data".formatted(cloudEvent.getId(), cloudEvent.getType()));
        }
        Event event = payload(type, cloudEvent.getId(), data.toBytes());
        Optional<String> missing =
                event instanceof Record record ? RequiredProperties.firstMissing(record) : Optional.empty();
        if (missing.isPresent()) {
            throw new MalformedEventException("data of event '%s' of type '%s' lacks '%s'"
                    .formatted(cloudEvent.getId(), cloudEvent.getType(), missing.get()));
        }
        String buildId = buildId(cloudEvent, event);
        return new Received<>(event, envelope(cloudEvent, headers, buildId), buildId, topic);
    }

    private static CloudEvent cloudEvent(Headers headers, byte[] value) throws MalformedEventException {
        try {
            CloudEvent event = KafkaMessageFactory.createReader(headers, value).toEvent();
            if (event.getSpecVersion() != SpecVersion.V1) {
                throw new MalformedEventException(
                        "CloudEvents version '%s'; 1.0 is wanted".formatted(event.getSpecVersion()));
            }
            return event;
        } catch (RuntimeException e) { // its readers throw what their parsers throw, whatever the record holds
            throw new MalformedEventException("not a CloudEvent: " + e.getMessage(), e);
        }
    }

    private static Event payload(EventType type, String id, byte[] data) throws MalformedEventException {
        try {
            Event event = EventJson.mapper().readValue(data, type.payload());
            if (event == null) {
                throw new MalformedEventException("event '%s' of type '%s' has no data".formatted(id, type.ceType()));
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException(
                    "data of event '%s' of type '%s' cannot be read: %s"
                            .formatted(id, type.ceType(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static String buildId(CloudEvent cloudEvent, Event event) throws MalformedEventException {
        if (event instanceof RequestEvent request) {
            return request.buildIdOf(cloudEvent.getSource().toString(), cloudEvent.getId());
        }
        return extension(cloudEvent, "correlationid")
                .or(() -> Optional.ofNullable(cloudEvent.getSubject()))
                .orElseThrow(() -> new MalformedEventException(
                        "event '%s' has neither correlationid nor subject".formatted(cloudEvent.getId())));
    }

    private static Envelope envelope(CloudEvent event, Headers headers, String buildId) throws MalformedEventException {
        OffsetDateTime time = event.getTime();
        if (time == null) {
            throw new MalformedEventException("event '%s' has no time".formatted(event.getId()));
        }
        Optional<TraceParent> hop = TraceParent.read(header(headers, "traceparent"));
        Optional<String> given = extension(event, "traceparent");
        Optional<TraceParent> trace = given.isPresent() ? TraceParent.read(given.get()) : hop;
        Envelope.TraceOrigin origin = trace.isPresent()
                ? Envelope.TraceOrigin.GIVEN
                : given.isPresent() ? Envelope.TraceOrigin.DERIVED_FROM_BAD : Envelope.TraceOrigin.DERIVED;
        return new Envelope(
                event.getId(),
                event.getType(),
                event.getSource().toString(),
                Optional.ofNullable(event.getSubject()),
                time.toInstant(),
                extension(event, "correlationid"),
                extension(event, "causationid"),
                trace.orElseGet(() -> new TraceParent(EventIds.traceparent(buildId))),
                origin,
                hop);
    }

    private static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The tenant that a request came from: its topic says it. */
    public static String tenant(Received<? extends RequestEvent> request) {
        return Topic.tenantOf(request.topic());
    }
}
