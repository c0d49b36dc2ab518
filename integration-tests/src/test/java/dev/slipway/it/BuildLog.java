package dev.slipway.it;

import dev.slipway.events.EventType;
import dev.slipway.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What Kafka itself holds of a build, read from the start of every topic: the truth that no service can gloss over. */
final class BuildLog {

    static final Set<EventType> TERMINAL = Set.of(
            EventType.BUILD_REJECTED,
            EventType.BUILD_CANCELLED,
            EventType.IMAGE_ASSEMBLY_FAILED,
            EventType.IMAGE_PUBLISHED,
            EventType.IMAGE_PUBLISH_FAILED,
            EventType.IMAGE_SUPERSEDED);

    record Entry(EventType type, String id, @Nullable String trace, String data, String topic, long timestamp) {}

    private final String bootstrapServers;

    BuildLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Waits until the build's entries satisfy a condition, and returns them in order of time. */
    List<Entry> await(String buildId, Duration limit, Predicate<List<Entry>> condition) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class))) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .filter(partition -> partition.topic().startsWith("slipway.")
                            && Arrays.stream(Topic.values())
                                    .anyMatch(topic -> partition.topic().startsWith(topic.topicName())))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Entry> entries = new ArrayList<>();
            long end = System.nanoTime() + limit.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    entry(record, buildId).ifPresent(entries::add);
                }
                if (condition.test(entries)) {
                    entries.sort(Comparator.comparingLong(Entry::timestamp));
                    return entries;
                }
            }
            throw new AssertionError("within %s build %s came only to %s".formatted(limit, buildId, entries));
        }
    }

    /** The entries once there is a terminal one. */
    List<Entry> awaitEnd(String buildId, Duration limit) {
        return await(buildId, limit, entries -> entries.stream().anyMatch(BuildLog::isTerminal));
    }

    static boolean isTerminal(Entry entry) {
        return TERMINAL.contains(entry.type());
    }

    static Set<String> terminalIds(List<Entry> entries) {
        return entries.stream().filter(BuildLog::isTerminal).map(Entry::id).collect(Collectors.toSet());
    }

    private static Optional<Entry> entry(ConsumerRecord<String, String> record, String buildId) {
        String correlation = header(record, "ce_correlationid");
        if (!buildId.equals(correlation) || record.topic().equals(Topic.DEAD_LETTER.topicName())) {
            return Optional.empty();
        }
        String type = header(record, "ce_type");
        String id = header(record, "ce_id");
        if (type == null || id == null) {
            throw new AssertionError("a record of build %s on %s is no CloudEvent".formatted(buildId, record.topic()));
        }
        return Optional.of(new Entry(
                EventType.ofType(type).orElseThrow(),
                id,
                header(record, "ce_traceparent"),
                record.value(),
                record.topic(),
                record.timestamp()));
    }

    private static @Nullable String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
