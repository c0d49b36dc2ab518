package dev.slipway.warmup;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says what the push service would say, and hears what this service says, over a real broker. */
final class Bus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SPAN = "a".repeat(16);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    Bus(String bootstrapServers, Topic... heardTopics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Arrays.stream(heardTopics)
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /**
     * Says a fact.
     *
     * @param source who says it: what one process has handled is known by source and id, so the same fact from another source
     *     is to a process what a redelivery is to one that was restarted
     */
    void say(String source, String buildId, Fact fact, TraceParent trace) {
        send(record(source, buildId, fact, trace));
    }

    static ProducerRecord<String, byte[]> record(String source, String buildId, Fact fact, TraceParent trace) {
        SpanContext hop = SpanContext.create(trace.traceId(), SPAN, TraceFlags.getSampled(), TraceState.getDefault());
        EventWriter writer = new EventWriter(source, Clock.systemUTC());
        return writer.fact(fact, new Cause(buildId, trace, "e0"), hop).toProducerRecord();
    }

    /** Asks for a warm-up; the build id of the request. */
    String ask(String reference, WarmupSpec spec, TraceParent trace) {
        Envelope envelope = new Envelope(
                UUID.randomUUID().toString(),
                "dev.slipway.warmup.requested.v1",
                "/test",
                Optional.empty(),
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                trace,
                Envelope.TraceOrigin.GIVEN,
                Optional.empty());
        SpanContext hop = SpanContext.create(trace.traceId(), SPAN, TraceFlags.getSampled(), TraceState.getDefault());
        send(new EventWriter("/test", Clock.systemUTC())
                .request("default", envelope, new WarmupRequested(reference, spec, null), hop)
                .toProducerRecord());
        return EventIds.buildId("/test", envelope.id());
    }

    void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker of the test does not take a record", e);
        }
    }

    /** Waits for so many records with a key on a topic. */
    List<ConsumerRecord<String, byte[]>> hear(Topic topic, String key, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (of(topic, key).size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after %s there are %d records of '%s' on %s, not %d"
                        .formatted(PATIENCE, of(topic, key).size(), key, topic.topicName(), count));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
        }
        return of(topic, key);
    }

    private List<ConsumerRecord<String, byte[]>> of(Topic topic, String key) {
        return heard.stream()
                .filter(record -> record.topic().equals(topic.topicName()) && key.equals(record.key()))
                .toList();
    }

    static Received<?> read(ConsumerRecord<String, byte[]> record) {
        try {
            return new EventReader().read(record.topic(), record.headers(), record.value());
        } catch (MalformedEventException e) {
            throw new AssertionError("the service wrote what cannot be read", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
