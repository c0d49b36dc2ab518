package dev.slipway.push.kafka.log;

import dev.slipway.events.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** All topics in memory, of one partition each; consumers see what is appended while they are open. */
public final class InMemoryTopics implements Supplier<Consumer<String, byte[]>> {
    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, Long> beginnings = new HashMap<>();
    private final List<Tail> tails = new ArrayList<>();

    public InMemoryTopics() {
        Arrays.stream(Topic.values()).map(InMemoryTopics::partition).forEach(partition -> {
            records.put(partition, new ArrayList<>());
            beginnings.put(partition, 0L);
        });
    }

    public void append(String topic, String key, byte[] value) {
        append(topic, key, new RecordHeaders(), value);
    }

    public void append(String topic, String key, Headers headers, byte[] value) {
        List<Tail> open;
        synchronized (this) {
            List<ConsumerRecord<String, byte[]>> log = log(new TopicPartition(topic, 0));
            log.add(new ConsumerRecord<>(
                    topic,
                    0,
                    log.size(),
                    0,
                    TimestampType.CREATE_TIME,
                    key.length(),
                    value.length,
                    key,
                    value,
                    headers,
                    Optional.empty()));
            open = List.copyOf(tails);
        }
        open.forEach(Tail::catchUp);
    }

    public synchronized List<ConsumerRecord<String, byte[]>> of(Topic topic) {
        return List.copyOf(log(partition(topic)));
    }

    /** Requests are those of one tenant. */
    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic == Topic.BUILD_REQUESTED ? Topic.requestsOf("default") : topic.topicName(), 0);
    }

    private List<ConsumerRecord<String, byte[]>> log(TopicPartition partition) {
        return Objects.requireNonNull(records.get(partition), () -> "topic %s is not there".formatted(partition));
    }

    /** As retention does. */
    public synchronized void forgetBefore(TopicPartition partition, long offset) {
        beginnings.put(partition, offset);
    }

    @Override
    public synchronized Consumer<String, byte[]> get() {
        Tail tail = new Tail();
        records.keySet()
                .forEach(partition -> tail.updatePartitions(
                        partition.topic(),
                        List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0]))));
        tails.add(tail);
        return tail;
    }

    private synchronized List<ConsumerRecord<String, byte[]>> from(TopicPartition partition, long offset) {
        long first = Math.max(offset, beginnings.getOrDefault(partition, 0L));
        return List.copyOf(log(partition).subList((int) first, log(partition).size()));
    }

    private synchronized void forget(Tail tail) {
        tails.remove(tail);
    }

    private synchronized Map<TopicPartition, Long> beginnings() {
        return Map.copyOf(beginnings);
    }

    private final class Tail extends MockConsumer<String, byte[]> {
        private final Map<TopicPartition, Long> next = new HashMap<>();

        Tail() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            updateBeginningOffsets(beginnings());
            partitions.forEach(partition -> updateEndOffsets(Map.of(partition, 0L)));
            catchUp();
        }

        synchronized void catchUp() {
            if (closed()) {
                return;
            }
            for (TopicPartition partition : assignment()) {
                for (ConsumerRecord<String, byte[]> record : from(partition, next.getOrDefault(partition, 0L))) {
                    addRecord(record);
                    next.put(partition, record.offset() + 1);
                    updateEndOffsets(Map.of(partition, record.offset() + 1));
                }
            }
        }

        @Override
        public synchronized void close() {
            super.close();
            forget(this);
        }
    }
}
