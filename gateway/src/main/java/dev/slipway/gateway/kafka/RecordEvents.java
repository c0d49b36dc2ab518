package dev.slipway.gateway.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent;
import dev.slipway.gateway.builds.LogPosition.Partition;
import dev.slipway.gateway.builds.LoggedEvent;
import dev.slipway.kit.events.EventJson;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** Reads records as events. One that is malformed is passed over: whoever handles it moves it to the dead letters. */
public final class RecordEvents {
    private static final Logger LOG = Logger.getLogger(RecordEvents.class);
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final String STRUCTURED = "application/cloudevents+json";

    /** In the order in which they are written; what is not here follows. */
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private final EventReader reader;

    public RecordEvents(EventReader reader) {
        this.reader = reader;
    }

    Optional<LoggedEvent> read(ConsumerRecord<String, byte[]> record) {
        try {
            Received<?> received = reader.read(record.topic(), record.headers(), record.value());
            boolean ofNoBuild = received.event() instanceof WorkerEvent;
            return Optional.of(new LoggedEvent(
                    new Partition(record.topic(), record.partition()),
                    record.offset(),
                    received.envelope().source() + " " + received.envelope().id(),
                    received.envelope().type(),
                    ofNoBuild ? "" : received.buildId(),
                    received.envelope().time(),
                    received.envelope().trace().traceId(),
                    structured(record, received),
                    BuildChanges.of(received.event())));
        } catch (MalformedEventException e) {
            LOG.debugf(
                    "slipway.malformed topic=%s partition=%d offset=%d reason=%s",
                    record.topic(), record.partition(), record.offset(), e.reason());
            return Optional.empty();
        }
    }

    /** The CloudEvent as one line of JSON (CloudEvents JSON format), the build id as its correlation id. */
    private static String structured(ConsumerRecord<String, byte[]> record, Received<?> received) {
        ObjectNode event = JSON.createObjectNode();
        try {
            JsonNode value = JSON.readTree(record.value());
            if (isStructured(record) && value instanceof ObjectNode whole) {
                event.setAll(whole);
            } else {
                ATTRIBUTES.forEach(
                        name -> putAttribute(event, name, record.headers().lastHeader("ce_" + name)));
                for (Header header : record.headers()) {
                    if (header.key().startsWith("ce_")) {
                        putAttribute(event, header.key().substring("ce_".length()), header);
                    }
                }
                event.put("datacontenttype", "application/json");
                event.set("data", value);
            }
            if (!received.buildId().isEmpty()
                    && !event.has("correlationid")
                    && !received.topic().equals(Topic.WORKER_STATUS.topicName())) {
                event.put("correlationid", received.buildId());
            }
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that was read as JSON is none", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static void putAttribute(ObjectNode event, String name, Header header) {
        if (header != null && header.value() != null) {
            event.put(name, new String(header.value(), StandardCharsets.UTF_8));
        }
    }

    private static boolean isStructured(ConsumerRecord<String, byte[]> record) {
        Header contentType = record.headers().lastHeader("content-type");
        return contentType != null && new String(contentType.value(), StandardCharsets.UTF_8).startsWith(STRUCTURED);
    }
}
