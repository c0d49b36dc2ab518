package dev.slipway.warmup.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** Whether all was read that was there when reading began. */
public final class ReadToEnd {
    private final Map<TopicPartition, Long> missing = new ConcurrentHashMap<>();
    private volatile boolean begun;

    void begin(Map<TopicPartition, Long> ends) {
        if (!begun && !ends.isEmpty()) {
            ends.forEach((partition, end) -> {
                if (end > 0) {
                    missing.put(partition, end);
                }
            });
            begun = true;
        }
    }

    void read(TopicPartition partition, long offset) {
        missing.computeIfPresent(partition, (key, end) -> offset + 1 >= end ? null : end);
    }

    /** Stays so: what was read is known, whatever becomes of the broker. */
    public boolean isDone() {
        return begun && missing.isEmpty();
    }
}
