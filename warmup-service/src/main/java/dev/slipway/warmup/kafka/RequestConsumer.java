package dev.slipway.warmup.kafka;

import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.EventHandling;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the requests of all tenants and takes those to warm something. */
@ApplicationScoped
class RequestConsumer {
    private final EventReader reader = new EventReader();
    private final EventHandling handling;
    private final WarmRequestStage stage;

    RequestConsumer(EventHandling handling, WarmRequestStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    @Incoming("requests")
    @RunOnVirtualThread
    @Blocking(value = "warming", ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        read(record).ifPresent(received -> handling.handle(record, received, stage));
    }

    /** What cannot be read is the planner's to put aside: it reads this topic too, and once is enough. */
    private Optional<Received<RequestEvent>> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(reader.read(record.topic(), record.headers(), record.value(), RequestEvent.class));
        } catch (MalformedEventException e) {
            return Optional.empty();
        }
    }
}
