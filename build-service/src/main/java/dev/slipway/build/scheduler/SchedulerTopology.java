package dev.slipway.build.scheduler;

import dev.slipway.build.queue.Patience;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.tracing.StageSpans;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** One task: the queue and the workers' status in, assignments and places in the queue out, the entries in a store with a changelog. */
public final class SchedulerTopology {
    static final String STORE = "queue";
    static final String ASSIGNED = "assigned";
    static final String PROGRESS = "progress";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String PROCESSOR = "scheduler";

    private SchedulerTopology() {}

    public static Topology of(EventWriter writer, StageSpans spans, Patience patience) {
        return new Topology()
                .addSource(
                        "queued",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        Topic.PLATFORM_BUILD_QUEUED.topicName())
                .addSource(
                        "status",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        Topic.WORKER_STATUS.topicName())
                .addProcessor(PROCESSOR, () -> new SchedulerProcessor(writer, spans, patience), "queued", "status")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                                .withLoggingEnabled(Map.of()),
                        PROCESSOR)
                .addSink(
                        ASSIGNED,
                        Topic.PLATFORM_BUILD_ASSIGNED.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        PROCESSOR)
                .addSink(
                        PROGRESS,
                        Topic.BUILD_PROGRESS.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        PROCESSOR)
                .addSink(
                        DEAD_LETTERS,
                        Topic.DEAD_LETTER.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        PROCESSOR);
    }
}
