package dev.slipway.push.kafka.moving;

import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagMoveEvent.TagMoveRequested;
import dev.slipway.events.model.StagedTarget;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.handling.EventHandling;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes requests to move tags in the order of their log. Those that have a reference in common run one after the other in that
 * order, all others at once.
 */
@ApplicationScoped
class MovingConsumer {
    private static final int AT_ONCE = 64;

    private final EventHandling handling;
    private final MoveTagsStage stage;
    private final EventReader reader = new EventReader();
    private final InTurn turns = new InTurn(Executors.newVirtualThreadPerTaskExecutor());
    private final AtomicInteger running = new AtomicInteger();

    MovingConsumer(EventHandling handling, MoveTagsStage stage) {
        this.handling = handling;
        this.stage = stage;
    }

    /** What is returned ends when the next one may be handed in. */
    @Incoming("tag-move-requested")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> consume(Message<ConsumerRecord<String, byte[]>> message) {
        ConsumerRecord<String, byte[]> record = message.getPayload();
        boolean full = running.incrementAndGet() >= AT_ONCE;
        CompletableFuture<Void> handled = turns.run(references(record), () -> handling.handle(record, stage))
                .handle((nothing, failure) -> failure == null ? message.ack() : message.nack(failure))
                .thenCompose(acknowledged -> acknowledged)
                .whenComplete((nothing, failure) -> running.decrementAndGet());
        return full ? handled : CompletableFuture.completedFuture(null);
    }

    /** A record that cannot be read moves nothing. */
    private List<String> references(ConsumerRecord<String, byte[]> record) {
        try {
            TagMoveEvent event = reader.read(record.topic(), record.headers(), record.value(), TagMoveEvent.class)
                    .event();
            return switch (event) {
                case TagMoveRequested move ->
                    move.targets().stream().map(StagedTarget::reference).toList();
            };
        } catch (MalformedEventException e) {
            return List.of();
        }
    }
}
