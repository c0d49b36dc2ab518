package dev.slipway.kit.kafka;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes consumers of whole topics: outside any group, nothing is committed, no topic is created by asking for it. */
public final class LogConsumers implements Supplier<Consumer<String, byte[]>> {
    private final KafkaAccess access;
    private final Map<String, Object> settings;

    /**
     * @param own settings beside the common ones, in Kafka's names
     */
    public LogConsumers(KafkaAccess access, Map<String, Object> own) {
        this.access = access;
        Map<String, Object> common = access.with(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
        common.putAll(own);
        this.settings = Map.copyOf(common);
    }

    @Override
    public Consumer<String, byte[]> get() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The brokers. */
    @Override
    public String toString() {
        return access.toString();
    }
}
