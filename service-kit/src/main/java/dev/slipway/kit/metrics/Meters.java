package dev.slipway.kit.metrics;

import dev.slipway.events.Topic;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * All meters there are. Labels are few by nature: stages, topics, registries, platforms, clusters, codes; never a build, an
 * image or a node.
 */
public final class Meters {
    /** From a cached step to a build of an hour. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    /** Requests name registries, so there is no end to them. */
    private static final int REGISTRIES_AT_MOST = 100;

    private static final String RECORDS_LAG = "records-lag";

    private final MeterRegistry registry;
    private final Set<String> registries = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicReference<Double>> coverages = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A stage came to an end with an event, all attempts included. */
    public void stageEnded(String stage, StageResult result, Duration took) {
        time("slipway.stage.duration", Tags.of("stage", stage, "result", result.label()), took);
    }

    /** An event waited so long from when it was written to when a stage began with it. */
    public void stageWaited(String stage, Duration waited) {
        time("slipway.stage.queue", Tags.of("stage", stage), waited);
    }

    /** An attempt failed; another one follows, or the stage gives up. */
    public void attemptFailed(String stage) {
        count("slipway.stage.failed.attempts", Tags.of("stage", stage), 1);
    }

    /** A record of a topic became a dead letter. */
    public void deadLetter(String topic) {
        boolean request = topic.startsWith(Topic.BUILD_REQUESTED.topicName());
        count("slipway.dead.letters", Tags.of("topic", request ? Topic.BUILD_REQUESTED.topicName() : topic), 1);
    }

    /** Somebody sent a dead letter again. */
    public void replayed() {
        count("slipway.dead.letters.replayed", Tags.empty(), 1);
    }

    /** A request ended with an event of its last kind. */
    void requestEnded(String result) {
        count("slipway.requests.ended", Tags.of("result", result), 1);
    }

    void failure(String code) {
        count("slipway.failures", Tags.of("code", code), 1);
    }

    /** A worker has ended with a platform; it took no time where the result was there. */
    void platformEnded(String platform, String builder, String result) {
        count("slipway.platform.builds", Tags.of("platform", platform, "builder", builder, "result", result), 1);
    }

    void platformBuilt(String builder, boolean emulated, Duration took) {
        time(
                "slipway.platform.build.duration",
                Tags.of("builder", builder, "emulated", Boolean.toString(emulated)),
                took);
    }

    /** A publish left a tag so. */
    void tag(String state) {
        count("slipway.tags", Tags.of("state", state), 1);
    }

    /** From the first tag that moved to the last. */
    void publishWindow(Duration window) {
        time("slipway.publish.window", Tags.empty(), window);
    }

    void policyDecided(String decision) {
        count("slipway.policy.decisions", Tags.of("decision", decision), 1);
    }

    void warmupEnded(String cluster, String outcome) {
        count("slipway.warmups", Tags.of("cluster", cluster, "outcome", outcome), 1);
    }

    void nodesWarmed(String cluster, String result, int nodes) {
        count("slipway.warmup.nodes", Tags.of("cluster", cluster, "result", result), nodes);
    }

    /** Warm nodes of those that should be, of the last image that was brought to a cluster. */
    void coverage(String cluster, double ratio) {
        coverages
                .computeIfAbsent(cluster, name -> {
                    AtomicReference<Double> last = new AtomicReference<>(ratio);
                    Gauge.builder("slipway.warmup.coverage.ratio", last, AtomicReference::get)
                            .tags("cluster", name)
                            .strongReference(true)
                            .register(registry);
                    return last;
                })
                .set(ratio);
    }

    /** Records that a consumer of a channel has not read yet, over its partitions, as its client last knew. */
    public void watchLag(String channel, Supplier<Map<MetricName, ? extends Metric>> metrics) {
        Gauge.builder("slipway.consumer.lag.records", () -> lag(metrics.get()))
                .tags("channel", channel)
                .strongReference(true)
                .register(registry);
    }

    /** Counts what is asked of the registry of a repository; those beyond many are counted together. */
    public RequestObserver registry(RepositoryName repository) {
        String name = registries.size() < REGISTRIES_AT_MOST || registries.contains(repository.registry())
                ? repository.registry()
                : "others";
        registries.add(name);
        return new RegistryMeter(
                (method, status) -> count(
                        "slipway.registry.requests",
                        Tags.of("registry", name, "method", method, "status", Integer.toString(status)),
                        1),
                counter("slipway.registry.bytes", Tags.of("registry", name, "direction", "sent")),
                counter("slipway.registry.bytes", Tags.of("registry", name, "direction", "received")),
                counter("slipway.registry.mounts", Tags.of("registry", name)));
    }

    private static double lag(Map<MetricName, ? extends Metric> metrics) {
        double lag = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
            if (metric.getKey().name().equals(RECORDS_LAG)
                    && metric.getValue().metricValue() instanceof Double records
                    && !records.isNaN()) {
                lag += records;
            }
        }
        return lag;
    }

    private void count(String name, Tags tags, double amount) {
        counter(name, tags).increment(amount);
    }

    private Counter counter(String name, Tags tags) {
        return Counter.builder(name).tags(tags).register(registry);
    }

    private void time(String name, Tags tags, Duration took) {
        Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took.isNegative() ? Duration.ZERO : took);
    }
}
