package dev.slipway.gateway.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes consumers that belong to no group, commit nothing, and get a record as soon as the broker has it. */
public final class LogConsumers {
    private final String bootstrapServers;

    public LogConsumers(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Consumer<String, byte[]> open() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        8 * 1024 * 1024,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public String toString() {
        return bootstrapServers;
    }
}
