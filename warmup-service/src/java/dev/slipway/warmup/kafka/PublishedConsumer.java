package dev.slipway.warmup.kafka;

import dev.slipway.kit.handling.EventHandling;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes the outcomes of publishes, several at once: each build is warmed on its own. */
@ApplicationScoped
class PublishedConsumer {
    private final EventHandling handling;
    private final WarmImageStage stage;

    PublishedConsumer(EventHandling handling, WarmImageStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    @Incoming("image-published")
    @RunOnVirtualThread
    @Blocking(value = "warming", ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        handling.handle(record, stage);
    }
}
