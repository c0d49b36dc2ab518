package dev.slipway.local.kafka;

import dev.slipway.events.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The configuration of one small node that is controller and broker at once. */
final class BrokerSettings {
    static final int NODE_ID = 1;

    private BrokerSettings() {}

    static Map<String, String> of(Path directory, int clientPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE_ID, controllerPort));
        settings.put("controller.listener.names", BoundSockets.CONTROLLER);
        settings.put("inter.broker.listener.name", BoundSockets.CLIENTS);
        settings.put(
                "listeners",
                "%s://127.0.0.1:%d,%s://127.0.0.1:%d"
                        .formatted(BoundSockets.CLIENTS, clientPort, BoundSockets.CONTROLLER, controllerPort));
        settings.put("advertised.listeners", "%s://127.0.0.1:%d".formatted(BoundSockets.CLIENTS, clientPort));
        settings.put(
                "listener.security.protocol.map",
                "%s:PLAINTEXT,%s:PLAINTEXT".formatted(BoundSockets.CLIENTS, BoundSockets.CONTROLLER));
        settings.put("log.dirs", directory.toString());
        settings.putAll(SINGLE_NODE);
        settings.putAll(SMALL);
        settings.putAll(PROMPT);
        return settings;
    }

    private static final Map<String, String> SINGLE_NODE = Map.of(
            "auto.create.topics.enable", "false",
            "message.max.bytes", Integer.toString(TopicLayout.maxMessageBytes(Topic.DEAD_LETTER)),
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    private static final Map<String, String> SMALL = Map.of(
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.cleaner.io.buffer.size", "262144",
            "log.index.size.max.bytes", "1048576",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "2",
            "share.coordinator.state.topic.num.partitions", "1",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "2");

    /**
     * A broker that was killed comes back when its old session ends. It tries to register after 0, 0.1, 0.3, 0.7, 1.5 and
     * 3.1 seconds: a session between the last two costs the same wait, and the longer one stands more load.
     */
    private static final Map<String, String> PROMPT = Map.of(
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "log.retention.check.interval.ms", "60000",
            "log.cleaner.backoff.ms", "5000");
}
