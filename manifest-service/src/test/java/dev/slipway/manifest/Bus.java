package dev.slipway.manifest;

import dev.slipway.events.Fact;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.Cause;
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
import java.util.List;
import java.util.Map;
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

/** Says what planner and workers would say, and hears what the service says, over a real broker. */
public final class Bus implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventWriter writer = new EventWriter("/slipway/test", Clock.systemUTC());
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    public Bus(String bootstrapServers, Topic... heardTopics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : heardTopics) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(at -> partitions.add(new TopicPartition(at.topic(), at.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Says a fact in a trace, by a span of its own. */
    public void say(String buildId, Fact fact, TraceParent trace, String spanId) {
        SpanContext hop = SpanContext.create(trace.traceId(), spanId, TraceFlags.getSampled(), TraceState.getDefault());
        send(writer.fact(fact, new Cause(buildId, trace, "e0"), hop).toProducerRecord());
    }

    public void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker of the test does not take a record", e);
        }
    }

    /** Waits for so many records of a build on a topic. */
    public List<ConsumerRecord<String, byte[]>> hear(Topic topic, String key, int count, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (of(topic, key).size() < count) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("after %s there are %d records of '%s' on %s, not %d"
                        .formatted(patience, of(topic, key).size(), key, topic.topicName(), count));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
        }
        return of(topic, key);
    }

    public Received<?> hearOne(Topic topic, String key) {
        return read(hear(topic, key, 1, Duration.ofSeconds(30)).getFirst());
    }

    public List<ConsumerRecord<String, byte[]>> of(Topic topic, String key) {
        return heard.stream()
                .filter(record -> record.topic().equals(topic.topicName()) && key.equals(record.key()))
                .toList();
    }

    public static Received<?> read(ConsumerRecord<String, byte[]> record) {
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
