package dev.slipway.warmup.kafka;

import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
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

/**
 * Reads what is to be kept and how tags moved, both from the beginning: nothing is committed, so whoever has the two partitions knows
 * all of it. Who has them keeps the images, and stops when they go to another process.
 */
@ApplicationScoped
@Identifier("warm-set")
class WarmSetConsumer implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(WarmSetConsumer.class);

    private final EventReader reader = new EventReader();
    private final KeepingByEvents keeping;

    WarmSetConsumer(KeepingByEvents keeping) {
        this.keeping = keeping;
    }

    @Incoming("warm-set")
    @Blocking
    void consume(ConsumerRecord<String, byte[]> record) {
        try {
            Received<?> received = reader.read(record.topic(), record.headers(), record.value());
            switch (received.event()) {
                case WarmSetChanged changed -> keeping.changed(changed, received);
                case TagMoved moved -> keeping.moved(moved, received.envelope().time());
                default ->
                    LOG.warnf(
                            "slipway.unexpected_event type=%s",
                            received.envelope().type());
            }
        } catch (MalformedEventException | IllegalArgumentException e) {
            LOG.warnf(
                    "slipway.unreadable_record topic=%s partition=%d offset=%d reason=%s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        keeping.stop();
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        keeping.stop();
    }
}
