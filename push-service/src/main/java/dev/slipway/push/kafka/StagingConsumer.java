package dev.slipway.push.kafka;

import dev.slipway.kit.handling.EventHandling;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes assembled images, several at once: staging is by digest, so their order does not matter. */
@ApplicationScoped
class StagingConsumer {
    private final EventHandling handling;
    private final StageImageStage stage;

    StagingConsumer(EventHandling handling, StageImageStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    @Incoming("image-assembled")
    @RunOnVirtualThread
    @Blocking(value = "staging", ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        handling.handle(record, stage);
    }
}
