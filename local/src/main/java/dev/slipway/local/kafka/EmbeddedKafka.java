package dev.slipway.local.kafka;

import dev.slipway.local.files.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real Kafka broker (KRaft, controller and broker in one node) on loopback. What it has acknowledged is in its directory
 * and is there again after a restart, also one after {@code kill -9}. Topics are never created by use: see
 * {@link TopicDeclaration}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final CombinedNode node;
    private final int port;
    private final Runnable afterwards;

    private EmbeddedKafka(CombinedNode node, int port, Runnable afterwards) {
        this.node = node;
        this.port = port;
        this.afterwards = afterwards;
    }

    /**
     * Starts on 127.0.0.1 and returns when the broker takes requests.
     *
     * @param directory of this broker's data, made when it is not there
     * @param port 0 for a free one, which {@link #bootstrapServers} tells
     * @throws java.net.BindException where the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        return start(directory, port, Map.of());
    }

    /**
     * The same, with settings of the broker's over those of a small node: TLS for its listener CLIENTS, an authorizer.
     *
     * @param settings in Kafka's names
     */
    public static EmbeddedKafka start(Path directory, int port, Map<String, String> settings) throws IOException {
        return start(directory, port, settings, () -> {});
    }

    /** For tests: a free port, an empty directory that {@link #close} deletes, all topics, requests of {@code default}. */
    public static EmbeddedKafka startTemporary() {
        TemporaryDirectory directory = TemporaryDirectory.create("slipway-kafka");
        try {
            EmbeddedKafka kafka = start(directory.path(), 0, Map.of(), directory::close);
            TopicDeclaration.standard().declareOn(kafka.bootstrapServers());
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedKafka start(Path directory, int port, Map<String, String> settings, Runnable afterwards)
            throws IOException {
        BoundSockets sockets = new BoundSockets(port);
        try {
            Files.createDirectories(directory);
            return new EmbeddedKafka(
                    CombinedNode.start(directory, sockets, settings), sockets.clientPort(), afterwards);
        } catch (RuntimeException | IOException e) {
            sockets.close();
            throw e;
        }
    }

    /** For {@code bootstrap.servers}: {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        node.stop();
        afterwards.run();
    }
}
