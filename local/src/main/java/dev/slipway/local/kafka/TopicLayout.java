package dev.slipway.local.kafka;

import dev.slipway.events.Topic;
import dev.slipway.events.Topic.Shape;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a {@link Shape} means to a broker. */
final class TopicLayout {
    /** Over key, value and headers of the largest record, a batch costs this at most. */
    private static final int BATCH_OVERHEAD_BYTES = 1024;

    private TopicLayout() {}

    static boolean hasSingleOrder(Topic topic) {
        return switch (topic.shape()) {
            case SINGLE, SINGLE_COMPACTED, LARGE -> true;
            case KEYED, KEPT, SHORT -> false;
        };
    }

    static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new HashMap<>();
        settings.put("max.message.bytes", Integer.toString(maxMessageBytes(topic)));
        settings.putAll(
                switch (topic.shape()) {
                    case KEYED, SINGLE, LARGE -> deletedAfter(Duration.ofDays(7), Duration.ofDays(1));
                    case SHORT -> deletedAfter(Duration.ofHours(1), Duration.ofMinutes(15));
                    case KEPT -> Map.of("cleanup.policy", "delete", "retention.ms", "-1");
                    case SINGLE_COMPACTED -> COMPACTED;
                });
        return settings;
    }

    /** Brokers count whole batches. */
    static int maxMessageBytes(Topic topic) {
        int record = topic.shape() == Shape.LARGE ? Topic.MAX_DEAD_LETTER_BYTES : Topic.MAX_RECORD_BYTES;
        return record + BATCH_OVERHEAD_BYTES;
    }

    /** Whole segments are deleted, so they must be closed more often than the retention ends. */
    private static Map<String, String> deletedAfter(Duration retention, Duration segment) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(retention.toMillis()),
                "segment.ms", Long.toString(segment.toMillis()));
    }

    /** The segment that is written to is never compacted, and readers read these topics whole: small segments. */
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", Integer.toString(4 * 1024 * 1024),
            "min.cleanable.dirty.ratio", "0.3");
}
