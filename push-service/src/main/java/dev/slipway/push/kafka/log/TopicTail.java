package dev.slipway.push.kafka.log;

import dev.slipway.kit.events.BusUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Topics that are read whole, from their beginning to where they end at a moment, outside any consumer group. Reads on only
 * when asked.
 */
final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Collection<String> topics;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> sink;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<String, byte[]> consumer;
    private boolean closed;

    /**
     * Makes it; nothing is read yet.
     *
     * @param sink takes each record once, those of a partition in order; called by one thread at a time
     */
    TopicTail(
            Supplier<Consumer<String, byte[]>> consumers,
            Collection<String> topics,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> sink) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.sink = sink;
    }

    /**
     * Returns when everything was taken in that was there when this was called.
     *
     * @throws BusUnavailableException when Kafka does not answer in time
     */
    void readToEnd() {
        lock.lock();
        try {
            Consumer<String, byte[]> open = open();
            Map<TopicPartition, Long> ends = open.endOffsets(open.assignment());
            while (!ends.entrySet().stream().allMatch(end -> open.position(end.getKey()) >= end.getValue())) {
                open.poll(POLL).forEach(sink);
            }
        } catch (KafkaException e) {
            throw new BusUnavailableException(
                    "Kafka does not let topics %s be read: %s".formatted(topics, e.getMessage()), e);
        } finally {
            lock.unlock();
        }
    }

    /** A record that was taken in before; empty where its topic does not keep it any more. Errors as {@link #readToEnd}. */
    Optional<ConsumerRecord<String, byte[]>> read(TopicPartition partition, long offset) {
        try (Consumer<String, byte[]> reader = consumers.get()) {
            reader.assign(List.of(partition));
            if (reader.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L) > offset) {
                return Optional.empty();
            }
            reader.seek(partition, offset);
            long start = System.nanoTime();
            do {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    return Optional.of(record).filter(found -> found.offset() == offset);
                }
            } while (System.nanoTime() - start < PATIENCE.toNanos());
            throw new TimeoutException("nothing came within " + PATIENCE);
        } catch (KafkaException e) {
            throw new BusUnavailableException(
                    "Kafka does not let offset %d of %s be read: %s".formatted(offset, partition, e.getMessage()), e);
        }
    }

    private Consumer<String, byte[]> open() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (consumer == null) {
            Consumer<String, byte[]> fresh = consumers.get();
            try {
                List<TopicPartition> partitions = topics.stream()
                        .flatMap(topic -> partitions(fresh, topic).stream())
                        .toList();
                fresh.assign(partitions);
                fresh.seekToBeginning(partitions);
            } catch (RuntimeException e) {
                fresh.close();
                throw e;
            }
            consumer = fresh;
        }
        return consumer;
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new KafkaException("topic '%s' is not there".formatted(topic));
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
