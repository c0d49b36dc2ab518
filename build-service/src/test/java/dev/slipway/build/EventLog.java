package dev.slipway.build;

import dev.slipway.events.Event;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their start, for as long as a test waits for something. */
public final class EventLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventReader reader = new EventReader();
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Received<?>> events = new ArrayList<>();

    public EventLog(String bootstrapServers, Topic... topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Arrays.stream(topics)
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Waits until as many events of a build are there as wanted, and returns all of them. */
    public <E extends Event> List<E> await(String buildId, Class<E> type, int count) {
        return await(found ->
                        found.stream().filter(event -> is(event, buildId, type)).count() >= count)
                .stream()
                .filter(event -> is(event, buildId, type))
                .map(event -> type.cast(event.event()))
                .toList();
    }

    public <E extends Event> Received<?> awaitReceived(String buildId, Class<E> type) {
        return await(found -> found.stream().anyMatch(event -> is(event, buildId, type))).stream()
                .filter(event -> is(event, buildId, type))
                .findFirst()
                .orElseThrow();
    }

    public List<Received<?>> await(Predicate<List<Received<?>>> enough) {
        pollUntil(() -> enough.test(events));
        return List.copyOf(events);
    }

    public ConsumerRecord<String, byte[]> awaitRecord(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        pollUntil(() -> records.stream().anyMatch(wanted));
        return records.stream().filter(wanted).findFirst().orElseThrow();
    }

    private void pollUntil(java.util.function.BooleanSupplier enough) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not seen within %s; seen are %s"
                        .formatted(
                                PATIENCE, events.stream().map(Received::event).toList()));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        records.add(record);
        if (record.topic().equals(Topic.DEAD_LETTER.topicName())) {
            return;
        }
        try {
            events.add(reader.read(record.topic(), record.headers(), record.value()));
        } catch (MalformedEventException e) {
            throw new AssertionError(e.reason(), e);
        }
    }

    private static boolean is(Received<?> received, String buildId, Class<?> type) {
        return type.isInstance(received.event()) && received.buildId().equals(buildId);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
