package dev.slipway.build.kafka.planner;

import dev.slipway.kit.handling.EventHandling;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the requests of all tenants. */
@ApplicationScoped
public class RequestConsumer {
    private final EventHandling handling;
    private final PlanStage stage;

    public RequestConsumer(EventHandling handling, PlanStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    @Incoming("build-requests")
    @RunOnVirtualThread
    public void consume(ConsumerRecord<String, byte[]> request) {
        handling.handle(request, stage);
    }
}
