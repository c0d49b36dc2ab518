package dev.slipway.it;

import dev.slipway.events.Topic;
import java.time.Duration;
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

/** Records that come a second time, as after a crash before the commit. */
final class Repeated {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Repeated() {}

    /** Writes the first record of a build on a topic again, headers and all. */
    static void record(String bootstrapServers, Topic topic, String buildId) {
        ConsumerRecord<String, byte[]> record = first(bootstrapServers, topic, buildId);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), null, record.key(), record.value(), record.headers()))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("Kafka did not take the record again", e);
        }
    }

    private static ConsumerRecord<String, byte[]> first(String bootstrapServers, Topic topic, String buildId) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(at -> new TopicPartition(at.topic(), at.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (buildId.equals(record.key())) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("no record of build %s on %s".formatted(buildId, topic.topicName()));
    }
}
