package dev.slipway.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.events.model.WarmupNumbers;
import dev.slipway.events.model.WarmupOutcome;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.http.RequestObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Descriptor INDEX =
            Descriptor.of("application/vnd.oci.image.index.v1+json", "sha256:" + "0".repeat(64), 1);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final FactMeters facts = new FactMeters(meters);

    @Test
    void countPublishesByHowTheyEndAndWhatIsWrong() {
        facts.fact(new ImagePublished(
                "b",
                INDEX,
                List.of(),
                List.of(),
                List.of(target(TargetState.PUBLISHED)),
                Duration.ofMillis(7),
                null,
                null));
        facts.fact(new ImagePublishFailed(
                "c",
                List.of(failure(FailureCode.REGISTRY_UNAUTHORIZED)),
                List.of(target(TargetState.UNDONE), target(TargetState.ROLLBACK_INCOMPLETE))));

        assertThat(count("slipway.requests.ended", "result", "published")).isOne();
        assertThat(count("slipway.requests.ended", "result", "publish-failed")).isOne();
        assertThat(count("slipway.failures", "code", "REGISTRY_UNAUTHORIZED")).isOne();
        assertThat(count("slipway.tags", "state", "undone")).isOne();
        assertThat(count("slipway.tags", "state", "rollback-incomplete")).isOne();
        assertThat(registry.get("slipway.publish.window").timer().totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(7, within(0.1));
    }

    @Test
    void tellWhatWasBuiltFromWhatWasThere() {
        facts.fact(built(false));
        facts.fact(built(true));
        facts.fact(built(true));

        assertThat(count("slipway.platform.builds", "result", "built")).isOne();
        assertThat(count("slipway.platform.builds", "result", "reused")).isEqualTo(2);
        assertThat(registry.get("slipway.platform.build.duration").timer().count())
                .as("what was reused took no time")
                .isOne();
    }

    @Test
    void keepTheCoverageOfTheLastImageOfACluster() {
        facts.fact(warmed("eu", 0.5));
        facts.fact(warmed("us", 1));
        facts.fact(warmed("eu", 0.75));

        assertThat(registry.get("slipway.warmup.coverage.ratio")
                        .tag("cluster", "eu")
                        .gauge()
                        .value())
                .isEqualTo(0.75);
        assertThat(count("slipway.warmup.nodes", "result", "failed")).isEqualTo(2 + 2 + 2);
    }

    @Test
    void countAFailureThatNoPublishHasSeen() {
        facts.fact(new ImageAssemblyFailed("b", List.of(failure(FailureCode.DEADLINE_EXCEEDED))));

        assertThat(count("slipway.requests.ended", "result", "assembly-failed")).isOne();
        assertThat(count("slipway.failures", "code", "DEADLINE_EXCEEDED")).isOne();
    }

    @Test
    void putTheTopicsOfAllTenantsTogether() {
        facts.deadLetter("slipway.build.requested.acme");
        facts.deadLetter("slipway.build.requested.default");
        facts.deadLetter("slipway.build.progress");

        assertThat(count("slipway.dead.letters", "topic", "slipway.build.requested"))
                .isEqualTo(2);
        assertThat(count("slipway.dead.letters", "topic", "slipway.build.progress"))
                .isOne();
    }

    @Test
    void countWhatARegistryAnswersAndWhatGoesThere() {
        RequestObserver observer = meters.registry(new RepositoryName("registry.test:5000", "team/app"));
        observer.answered("PUT", 429);
        observer.sent(10);
        observer.sent(20);
        observer.mounted();
        meters.registry(new RepositoryName("registry.test:5000", "team/other")).sent(30);

        assertThat(registry.get("slipway.registry.requests")
                        .tags("registry", "registry.test:5000", "method", "PUT", "status", "429")
                        .counter()
                        .count())
                .isOne();
        assertThat(count("slipway.registry.bytes", "direction", "sent")).isEqualTo(60);
        assertThat(count("slipway.registry.mounts", "registry", "registry.test:5000"))
                .isOne();
    }

    @Test
    void countRegistriesBeyondAHundredTogether() {
        for (int i = 0; i < 120; i++) {
            meters.registry(new RepositoryName("r%d.test".formatted(i), "a")).sent(1);
        }
        meters.registry(new RepositoryName("r7.test", "b")).sent(1);

        assertThat(count("slipway.registry.bytes", "registry", "r7.test")).isEqualTo(2);
        assertThat(count("slipway.registry.bytes", "registry", "others")).isEqualTo(20);
    }

    @Test
    void addUpTheLagOfAllPartitions() {
        meters.watchLag("image-published", () -> Map.of(lag("0", 3), metric(3), lag("1", 4), metric(4)));
        meters.watchLag("nothing-yet", Map::of);

        assertThat(lagOf("image-published")).isEqualTo(7);
        assertThat(lagOf("nothing-yet")).isZero();
    }

    private double lagOf(String channel) {
        return registry.get("slipway.consumer.lag.records")
                .tag("channel", channel)
                .gauge()
                .value();
    }

    private static MetricName lag(String partition, double records) {
        return new MetricName(
                "records-lag",
                "consumer-fetch-manager-metrics",
                "%s records".formatted(records),
                Map.of("partition", partition));
    }

    private static Metric metric(double records) {
        return new KafkaMetric(
                new Object(),
                new MetricName("records-lag", "", "", Map.of()),
                (Measurable) (config, now) -> records,
                new MetricConfig(),
                Time.SYSTEM);
    }

    private double count(String name, String label, String value) {
        return registry.get(name).tag(label, value).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static PlatformBuilt built(boolean reused) {
        return new PlatformBuilt(
                "b",
                1,
                new PlatformImage("linux/amd64", null, INDEX, List.of()),
                "w",
                "embedded",
                false,
                reused,
                START,
                START.plusSeconds(3),
                null,
                null);
    }

    private static ImageWarmed warmed(String cluster, double coverage) {
        WarmupNumbers numbers = new WarmupNumbers(
                3, 0, Map.of("TIMED_OUT", 2), Map.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
        return new ImageWarmed("b", cluster, "sha256:x", WarmupOutcome.PARTIALLY_WARMED, 5, coverage, numbers);
    }

    private static TargetOutcome target(TargetState state) {
        return new TargetOutcome("r.test/a:1", state, null, null, 0, 0, 0, Duration.ZERO, null);
    }

    private static Failure failure(FailureCode code) {
        return new Failure(code, "for the test", null, true);
    }
}
