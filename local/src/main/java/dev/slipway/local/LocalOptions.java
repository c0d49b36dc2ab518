package dev.slipway.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param data of everything, one directory below it for each part
 * @param kafka either a broker to start, or one that is there and the file of what its clients need
 * @param bind where registries listen; broker and span store are on loopback always
 * @param otlp a collector that gets all spans too
 * @param partitions of topics whose order is per key
 * @param tenants whose request topics are declared
 */
record LocalOptions(
        Path data,
        Kafka kafka,
        List<Registry> registries,
        String bind,
        int spansPort,
        Optional<URI> otlp,
        int partitions,
        List<String> tenants) {

    static final String USAGE = """
            usage: LocalMain --data DIR (--kafka-port PORT | --kafka HOST:PORT) --spans-port PORT [options]
              --data DIR                all state, made when it is not there
              --kafka-port PORT         start a broker on 127.0.0.1
              --kafka HOST:PORT         use this one, and declare the topics on it
              --kafka-config FILE       its clients' properties in Kafka's own names, as of TLS and SASL
              --registry PORT[:SUBDIR]  start a registry with its state in DIR/SUBDIR (default registry); repeatable
              --registry-bind ADDRESS   where registries listen, default 127.0.0.1; they ask for no password
              --spans-port PORT         span store and GET /health on 127.0.0.1
              --otlp URL                pass all spans on to this collector (OTLP over HTTP)
              --partitions N            of topics ordered by key, default 4
              --tenant NAME             whose requests are taken, default 'default'; repeatable""";

    sealed interface Kafka {
        record Embedded(int port) implements Kafka {}

        record External(String bootstrapServers, Optional<Path> config) implements Kafka {
            Map<String, String> properties() throws IOException {
                Properties properties = new Properties();
                if (config.isPresent()) {
                    try (BufferedReader reader = Files.newBufferedReader(config.get())) {
                        properties.load(reader);
                    }
                }
                return properties.stringPropertyNames().stream()
                        .collect(Collectors.toMap(name -> name, properties::getProperty));
            }
        }
    }

    record Registry(int port, String subdirectory) {}

    LocalOptions {
        registries = List.copyOf(registries);
        tenants = List.copyOf(tenants);
    }

    /** Throws {@link IllegalArgumentException} saying what is wrong with which argument. */
    static LocalOptions parse(List<String> arguments) {
        Arguments given = Arguments.of(arguments);
        List<Registry> registries = new ArrayList<>();
        given.all("--registry").forEach(text -> registries.add(registry(text)));
        List<String> tenants = given.all("--tenant");
        return new LocalOptions(
                Path.of(given.required("--data")),
                kafka(given),
                registries,
                given.one("--registry-bind").orElse("127.0.0.1"),
                Arguments.port("--spans-port", given.required("--spans-port")),
                given.one("--otlp").map(URI::create),
                Arguments.number("--partitions", given.one("--partitions").orElse("4"), 1, 1000),
                tenants.isEmpty() ? List.of("default") : tenants);
    }

    private static Kafka kafka(Arguments given) {
        Optional<String> port = given.one("--kafka-port");
        Optional<String> external = given.one("--kafka");
        Optional<Path> config = given.one("--kafka-config").map(Path::of);
        if (port.isPresent() == external.isPresent()) {
            throw new IllegalArgumentException("one of --kafka-port and --kafka is needed, and not both");
        }
        if (port.isPresent() && config.isPresent()) {
            throw new IllegalArgumentException("--kafka-config goes with --kafka, not with --kafka-port");
        }
        return port.isPresent()
                ? new Kafka.Embedded(Arguments.port("--kafka-port", port.orElseThrow()))
                : new Kafka.External(external.orElseThrow(), config);
    }

    private static Registry registry(String text) {
        int colon = text.indexOf(':');
        String subdirectory = colon < 0 ? "registry" : text.substring(colon + 1);
        if (!subdirectory.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("--registry %s: not the name of a directory".formatted(text));
        }
        return new Registry(Arguments.port("--registry", colon < 0 ? text : text.substring(0, colon)), subdirectory);
    }
}
