package dev.slipway.kit.kafka;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The file that {@code slipway.kafka.config} names: client properties as Kafka's own tools take them, so that passwords are on no
 * command line. {@code security.protocol} in it is {@code kafka.security.protocol} here; variables of the environment and system
 * properties go before it.
 */
public final class KafkaConfigFile implements ConfigSourceFactory {
    /** Below the environment's 300, above the 250 of a service's own properties. */
    private static final int ORDINAL = 290;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue named = context.getValue("slipway.kafka.config");
        if (named == null || named.getValue() == null || named.getValue().isEmpty()) {
            return List.of();
        }
        Path file = Path.of(named.getValue());
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException("slipway.kafka.config: %s cannot be read: %s".formatted(file, e), e);
        }
        Map<String, String> prefixed = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> prefixed.put("kafka." + name, properties.getProperty(name)));
        return List.of(new PropertiesConfigSource(prefixed, "slipway.kafka.config=" + file, ORDINAL));
    }
}
