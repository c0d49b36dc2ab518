package dev.slipway.kit.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What every client of Kafka in this process is told: the brokers, TLS, SASL.
 *
 * @param settings Kafka's own names, as {@code security.protocol}
 */
public record KafkaAccess(Map<String, Object> settings) {
    public KafkaAccess {
        settings = Map.copyOf(settings);
    }

    /** Without TLS and without a user. */
    public static KafkaAccess plain(String bootstrapServers) {
        return new KafkaAccess(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** For one client: these settings, and its own over them. */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }

    /** The brokers; no secret of the other settings is in it. */
    @Override
    public String toString() {
        return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }
}
