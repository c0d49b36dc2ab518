package dev.slipway.push.kafka;

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

/** Reads the requests of all tenants and takes those that need no build. */
@ApplicationScoped
class RequestConsumer {
    private final EventReader reader = new EventReader();
    private final EventHandling handling;
    private final RollBackStage rollBack;
    private final CopyStage copy;

    RequestConsumer(EventHandling handling, RollBackStage rollBack, CopyStage copy) {
        this.handling = handling;
        this.rollBack = rollBack;
        this.copy = copy;
    }

    @Incoming("requests")
    @RunOnVirtualThread
    @Blocking(value = "staging", ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        read(record).ifPresent(received -> {
            handling.handle(record, received, rollBack);
            handling.handle(record, received, copy);
        });
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
