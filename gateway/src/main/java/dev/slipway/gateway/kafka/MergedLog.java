package dev.slipway.gateway.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Many partitions as one sequence: what was there at the beginning in the order of the records' times, later records as they
 * come. The order inside a partition is always kept. One thread uses it.
 */
final class MergedLog {
    private static final int WAITING_AT_MOST = 1000;

    private final Consumer<String, byte[]> consumer;
    private final ToLongFunction<TopicPartition> from;
    private final Map<TopicPartition, Queue<ConsumerRecord<String, byte[]>>> waiting = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> unfinished = new HashMap<>();

    /**
     * Makes an empty log.
     *
     * @param from the offset from which a partition is read; what the partition lost meanwhile is passed over
     */
    MergedLog(Consumer<String, byte[]> consumer, ToLongFunction<TopicPartition> from) {
        this.consumer = consumer;
        this.from = from;
    }

    /** Adds partitions that are not read yet. Returns whether there were any. */
    boolean add(Collection<TopicPartition> partitions) {
        List<TopicPartition> added = partitions.stream()
                .filter(partition -> !waiting.containsKey(partition))
                .toList();
        if (added.isEmpty()) {
            return false;
        }
        Set<TopicPartition> all = new HashSet<>(waiting.keySet());
        all.addAll(added);
        consumer.assign(all);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(added);
        Map<TopicPartition, Long> ends = consumer.endOffsets(added);
        for (TopicPartition partition : added) {
            long start = Math.max(beginnings.getOrDefault(partition, 0L), from.applyAsLong(partition));
            long end = ends.getOrDefault(partition, 0L);
            consumer.seek(partition, start);
            waiting.put(partition, new ArrayDeque<>());
            if (start < end) {
                unfinished.put(partition, end);
            }
        }
        return true;
    }

    /** Whether no partition is read yet. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether everything was handed out that was there when its partition was added. */
    boolean isCaughtUp() {
        return unfinished.isEmpty() && waiting.values().stream().allMatch(Queue::isEmpty);
    }

    /** The next records; none where none came in time, or where an earlier one of another partition may still come. */
    List<ConsumerRecord<String, byte[]>> poll(Duration patience) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            queue(new TopicPartition(record.topic(), record.partition())).add(record);
        }
        unfinished.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        List<ConsumerRecord<String, byte[]>> merged = new ArrayList<>();
        Queue<ConsumerRecord<String, byte[]>> earliest = earliest();
        while (earliest != null) {
            merged.add(earliest.remove());
            earliest = earliest();
        }
        throttle();
        return merged;
    }

    private Queue<ConsumerRecord<String, byte[]>> queue(TopicPartition partition) {
        return waiting.computeIfAbsent(partition, p -> new ArrayDeque<>());
    }

    private @Nullable Queue<ConsumerRecord<String, byte[]>> earliest() {
        Queue<ConsumerRecord<String, byte[]>> earliest = null;
        long earliestTime = Long.MAX_VALUE;
        for (Map.Entry<TopicPartition, Queue<ConsumerRecord<String, byte[]>>> entry : waiting.entrySet()) {
            ConsumerRecord<String, byte[]> head = entry.getValue().peek();
            if (head == null) {
                if (unfinished.containsKey(entry.getKey())) {
                    return null;
                }
            } else if (earliest == null || head.timestamp() < earliestTime) {
                earliest = entry.getValue();
                earliestTime = head.timestamp();
            }
        }
        return earliest;
    }

    /** A partition that is far ahead of another waits for it in the broker and not in memory. */
    private void throttle() {
        Set<TopicPartition> full = new HashSet<>();
        waiting.forEach((partition, records) -> {
            if (records.size() > WAITING_AT_MOST) {
                full.add(partition);
            }
        });
        Set<TopicPartition> paused = consumer.paused();
        if (!paused.equals(full)) {
            consumer.resume(paused);
            consumer.pause(full);
        }
    }
}
