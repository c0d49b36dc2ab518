package dev.slipway.push.wiring;

import dev.slipway.events.Topic;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Consumers for reading whole topics: outside any group, nothing is committed. */
@Singleton
final class LogConsumers implements Supplier<Consumer<String, byte[]>> {
    private final String bootstrapServers;

    LogConsumers(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public Consumer<String, byte[]> get() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        // a broker answers the requests of a connection in turn: a fetch that waits holds up the next
                        // question
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        5,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        Topic.MAX_DEAD_LETTER_BYTES,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000,
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
