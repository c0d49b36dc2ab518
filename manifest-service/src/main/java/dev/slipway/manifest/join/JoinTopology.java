package dev.slipway.manifest.join;

import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.tracing.StageSpans;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** One topic in, one processor, a store in memory with its changelog in Kafka. */
public final class JoinTopology {
    static final String STORE = "joins";

    private static final String SOURCE = "progress";
    private static final String JOIN = "join";
    private static final List<Topic> OUTPUTS = List.of(
            Topic.IMAGE_ASSEMBLY_READY,
            Topic.IMAGE_ASSEMBLED,
            Topic.PLATFORM_BUILD_QUEUED,
            Topic.BUILD_PROGRESS,
            Topic.DEAD_LETTER);

    private JoinTopology() {}

    public static Topology of(EventWriter writer, StageSpans spans, JoinSettings settings) {
        return of(writer, spans, settings, Stores.inMemoryKeyValueStore(STORE));
    }

    static Topology of(
            EventWriter writer, StageSpans spans, JoinSettings settings, KeyValueBytesStoreSupplier supplier) {
        Topology topology = new Topology()
                .addSource(
                        SOURCE, new StringDeserializer(), new ByteArrayDeserializer(), Topic.BUILD_PROGRESS.topicName())
                .addProcessor(JOIN, () -> new JoinProcessor(writer, spans, settings), SOURCE)
                .addStateStore(store(supplier), JOIN);
        for (Topic output : OUTPUTS) {
            topology.addSink(
                    output.topicName(), output.topicName(), new StringSerializer(), new ByteArraySerializer(), JOIN);
        }
        return topology;
    }

    private static StoreBuilder<KeyValueStore<String, JoinLog>> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.String(), new JoinLogSerde())
                .withCachingDisabled()
                .withLoggingEnabled(
                        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.MAX_DEAD_LETTER_BYTES)));
    }
}
