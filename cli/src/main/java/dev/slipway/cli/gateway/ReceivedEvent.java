package dev.slipway.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.json.Json;
import dev.slipway.events.EventType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of a stream, a CloudEvent in structured form.
 *
 * @param position where in the stream it stands, opaque; empty where the gateway sent none
 * @param type empty for one that this version does not know
 */
public record ReceivedEvent(String position, Optional<EventType> type, JsonNode envelope) {

    static Optional<ReceivedEvent> of(ServerSentEvent event) {
        return Json.read(event.data())
                .filter(JsonNode::isObject)
                .map(tree ->
                        new ReceivedEvent(event.id(), Json.text(tree, "type").flatMap(EventType::ofType), tree));
    }

    public JsonNode data() {
        return envelope.path("data");
    }

    public String typeName() {
        return envelope.path("type").asText();
    }

    public String id() {
        return envelope.path("id").asText();
    }

    /** When the fact was stated; empty where the event has no time. */
    public Optional<Instant> time() {
        try {
            return Json.text(envelope, "time").map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
