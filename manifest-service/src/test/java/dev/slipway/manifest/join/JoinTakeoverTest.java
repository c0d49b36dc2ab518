package dev.slipway.manifest.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.manifest.Bus;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the join on a real broker, one of which goes. */
final class JoinTakeoverTest {
    private static final String AMD64 = "linux/amd64";
    private static final String ARM64 = "linux/arm64";
    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<KafkaStreams> replicas = new ArrayList<>();

    @Test
    void theOtherReplicaHasTheStateAndGoesOn() {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            KafkaStreams first = replica(kafka, "first");
            KafkaStreams second = replica(kafka, "second");
            await(
                    "a copy of each state",
                    () -> actives(first).size() + actives(second).size() == PARTITIONS
                            && standbys(first) + standbys(second) == PARTITIONS);
            String build = EventIds.buildId("/test", "takeover");
            TraceParent trace = new TraceParent(EventIds.traceparent(build));
            try (Bus bus = new Bus(kafka.bootstrapServers(), Topic.IMAGE_ASSEMBLY_READY)) {
                bus.say(build, planned(build), trace, "a".repeat(16));
                bus.say(build, Samples.built(build, AMD64, 1), trace, "b".repeat(16));
                await("the copy of what was said", () -> known(first) == 2 && known(second) == 2);

                boolean firstLeads = actives(first).contains(partitionOf(build));
                (firstLeads ? first : second).close(Duration.ofSeconds(10));
                KafkaStreams other = firstLeads ? second : first;
                await("the takeover", () -> actives(other).size() == PARTITIONS);
                bus.say(build, Samples.built(build, ARM64, 1), trace, "c".repeat(16));

                ImageAssemblyReady ready = (ImageAssemblyReady)
                        bus.hearOne(Topic.IMAGE_ASSEMBLY_READY, build).event();
                assertThat(ready.images()).containsExactly(Samples.image(AMD64, 1), Samples.image(ARM64, 1));
                assertThat(ready.traceparents()).hasSize(2);
            }
        } finally {
            replicas.forEach(replica -> replica.close(Duration.ofSeconds(5)));
        }
    }

    private static BuildPlanned planned(String build) {
        List<String> platforms = List.of(AMD64, ARM64);
        return new BuildPlanned(
                build, platforms, List.of(), Instant.now().plusSeconds(600), Samples.plan(platforms, List.of()));
    }

    private KafkaStreams replica(EmbeddedKafka kafka, String name) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "slipway.join",
                StreamsConfig.CLIENT_ID_CONFIG,
                name,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                StreamsConfig.STATE_DIR_CONFIG,
                directory.resolve(name).toString(),
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                1,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                100,
                StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG,
                60_000,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.mainConsumerPrefix("session.timeout.ms"),
                6000,
                StreamsConfig.mainConsumerPrefix("heartbeat.interval.ms"),
                1500));
        KafkaStreams streams = new KafkaStreams(
                JoinTopology.of(
                        new EventWriter("/slipway/manifest-service", Clock.systemUTC()),
                        new StageSpans(OpenTelemetry.noop().getTracer("test"), new DerivedIds()),
                        new JoinSettings(
                                Duration.ofMillis(200), Duration.ofDays(365), Duration.ofHours(1), Duration.ofDays(1))),
                properties);
        replicas.add(streams);
        streams.start();
        return streams;
    }

    /** Partitions of the topic whose builds a replica joins. */
    private static Set<Integer> actives(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    private static int partitionOf(String build) {
        return BuiltInPartitioner.partitionForKey(build.getBytes(UTF_8), PARTITIONS);
    }

    private static int standbys(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.standbyTasks().size())
                .sum();
    }

    /** Records of the changelog that a replica has, as its own or as a copy. */
    private static long known(KafkaStreams streams) {
        return streams.allLocalStorePartitionLags().values().stream()
                .flatMap(partitions -> partitions.values().stream())
                .mapToLong(lag -> lag.currentOffsetPosition())
                .sum();
    }

    private static void await(String what, BooleanSupplier shows) {
        Instant end = Instant.now().plus(LIMIT);
        while (!shows.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
