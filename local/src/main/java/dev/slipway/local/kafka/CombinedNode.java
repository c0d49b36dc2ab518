package dev.slipway.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** What {@code kafka.server.KafkaRaftServer} does for a combined node, with sockets that are bound already. */
record CombinedNode(ControllerServer controller, BrokerServer broker) {
    private static final Logger LOG = LoggerFactory.getLogger(CombinedNode.class);

    static CombinedNode start(Path directory, BoundSockets sockets, Map<String, String> own) throws IOException {
        Map<String, String> settings = BrokerSettings.of(directory, sockets.clientPort(), sockets.controllerPort());
        settings.putAll(own);
        KafkaConfig config = new KafkaConfig(settings, false);
        format(directory);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
                KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = formatted._1().clusterId().orElseThrow();
        Metrics metrics = Server$.MODULE$.initializeMetrics(config, Time.SYSTEM, clusterId);
        SharedServer shared = new SharedServer(
                config,
                formatted._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                sockets);
        CombinedNode node = new CombinedNode(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2()), new BrokerServer(shared));
        try {
            node.controller.startup();
            node.broker.startup();
            return node;
        } catch (RuntimeException e) {
            node.stop();
            throw e;
        }
    }

    void stop() {
        broker.shutdown();
        controller.shutdown();
    }

    /** {@code meta.properties} is the last that formatting writes, so a kill in between leaves a directory to format. */
    private static void format(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BoundSockets.CONTROLLER)
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format %s for Kafka: %s".formatted(directory, e.getMessage()), e);
        }
    }
}
