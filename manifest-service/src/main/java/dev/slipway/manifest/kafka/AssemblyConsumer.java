package dev.slipway.manifest.kafka;

import dev.slipway.kit.handling.EventHandling;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes builds whose platforms are all there, several at once: their order does not matter. */
@ApplicationScoped
class AssemblyConsumer {
    private final EventHandling handling;
    private final AssembleStage stage;

    AssemblyConsumer(EventHandling handling, AssembleStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    @Incoming("assembly-ready")
    @RunOnVirtualThread
    @Blocking(value = "assembly", ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        handling.handle(record, stage);
    }
}
