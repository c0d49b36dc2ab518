package dev.slipway.warmup.kafka;

import dev.slipway.events.TagStateEvent;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads what tags name from the beginning, in every process: each decides by its own memory. */
@ApplicationScoped
@Identifier("tag-state")
class TagStateConsumer implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(TagStateConsumer.class);

    private final EventReader reader = new EventReader();
    private final PullPolicyEvents events;
    private final ReadToEnd progress;

    TagStateConsumer(PullPolicyEvents events, ReadToEnd progress) {
        this.events = events;
        this.progress = progress;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        progress.begin(consumer.endOffsets(partitions));
    }

    @Incoming("tag-state")
    @Blocking
    void consume(ConsumerRecord<String, byte[]> record) {
        try {
            Received<TagStateEvent> received =
                    reader.read(record.topic(), record.headers(), record.value(), TagStateEvent.class);
            switch (received.event()) {
                case TagMoved moved -> events.moved(moved, received.cause());
            }
        } catch (MalformedEventException | IllegalArgumentException e) {
            LOG.warnf(
                    "slipway.unreadable_record topic=%s partition=%d offset=%d reason=%s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
        progress.read(new TopicPartition(record.topic(), record.partition()), record.offset());
    }
}
