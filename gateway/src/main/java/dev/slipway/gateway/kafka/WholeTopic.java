package dev.slipway.gateway.kafka;

import dev.slipway.gateway.builds.EventLog.LogUnavailableException;
import dev.slipway.gateway.letters.LetterId;
import dev.slipway.kit.kafka.LogConsumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A topic from its beginning to what was its end when the reading began. Every reader costs a consumer. */
final class WholeTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int READERS_AT_MOST = 4;

    private final LogConsumers consumers;
    private final String name;
    private final Semaphore free = new Semaphore(READERS_AT_MOST);

    WholeTopic(LogConsumers consumers, String name) {
        this.consumers = consumers;
        this.name = name;
    }

    /**
     * Reads it.
     *
     * @param first of its partition; the others are read whole
     * @throws LogUnavailableException where that does not come to an end
     */
    void read(Optional<LetterId> first, Consumer<ConsumerRecord<String, byte[]>> each) {
        if (!free.tryAcquire()) {
            throw new LogUnavailableException("%d readers read %s already".formatted(READERS_AT_MOST, name));
        }
        try (org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.listTopics(PATIENCE).getOrDefault(name, List.of()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new LogUnavailableException("Kafka at %s shows no topic %s".formatted(consumers, name));
            }
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.seekToBeginning(partitions);
            first.map(id -> new TopicPartition(name, id.partition()))
                    .filter(partitions::contains)
                    .filter(partition ->
                            consumer.position(partition, PATIENCE) < first.get().offset())
                    .ifPresent(partition -> consumer.seek(partition, first.get().offset()));
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new LogUnavailableException("Kafka at %s did not hand out %s within %d s"
                            .formatted(consumers, name, LONGEST.toSeconds()));
                }
                consumer.poll(PATIENCE).forEach(each);
            }
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "Kafka at %s did not hand out %s: %s".formatted(consumers, name, e.getMessage()));
        } finally {
            free.release();
        }
    }
}
