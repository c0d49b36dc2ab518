package dev.slipway.warmup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Slots;
import dev.slipway.warmup.limits.TokenBucket;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.node.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LimitsTest {

    @Test
    void wavesGrowUntilAllNodesWereTried() {
        Waves waves = new Waves(List.of("1", "1%", "10%", "all"), 0.1);

        assertThat(waves.over(1000)).containsExactly(1, 10, 100, 1000);
        assertThat(waves.over(20)).as("1 % of 20 is no more than one node").containsExactly(1, 2, 20);
        assertThat(waves.over(1)).containsExactly(1);
        assertThat(waves.over(0)).isEmpty();
        assertThat(new Waves(List.of("5"), 0).over(7)).containsExactly(5, 7);
    }

    @Test
    void aWaveThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Waves(List.of("ten"), 0.1)).hasMessageContaining("'ten'");
        assertThatThrownBy(() -> new Waves(List.of("0"), 0.1)).hasMessageContaining("'0'");
        assertThatThrownBy(() -> new Waves(List.of(), 1.5)).hasMessageContaining("1.5");
    }

    @Test
    void aBucketLetsABurstThroughAndThenKeepsThePace() {
        AtomicLong now = new AtomicLong();
        TokenBucket bucket = new TokenBucket(10, 2, now::get);

        assertThat(List.of(bucket.reserve(), bucket.reserve(), bucket.reserve(), bucket.reserve()))
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(200));
        bucket.pause(Duration.ofSeconds(3));
        assertThat(bucket.reserve()).isEqualTo(Duration.ofSeconds(3));
        now.set(Duration.ofMinutes(1).toNanos());
        assertThat(bucket.reserve()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aSlotGoesToWhoAskedFirst() {
        Slots slots = new Slots(1);
        List<String> granted = new ArrayList<>();
        Runnable second = () -> granted.add("second");
        slots.ask(() -> granted.add("first"));
        slots.ask(second);
        slots.ask(() -> granted.add("third"));

        assertThat(slots.cancel(second)).isTrue();
        slots.release();

        assertThat(granted).containsExactly("first", "third");
        assertThat(slots.taken()).isOne();
    }

    @Test
    void aClusterPullsFromTheNearestTargetThatWasPublished() {
        List<RepositoryName> published = List.of(
                Reference.parse("ghcr.io/acme/app").repository(),
                Reference.parse("harbor.eu/acme/app").repository(),
                Reference.parse("harbor.eu.example/acme/app").repository());

        assertThat(pulling("harbor.eu", "ghcr.io/acme").nearest(published)).contains(published.get(1));
        assertThat(pulling("ghcr.io/acme/").nearest(published)).contains(published.get(0));
        assertThat(pulling("ghcr.io/ac", "quay.io").nearest(published)).isEmpty();
        assertThat(pulling().nearest(published)).contains(published.get(0));
    }

    private static ClusterSettings pulling(String... from) {
        return new ClusterSettings(
                "eu",
                List.of(from),
                new NodeSelection(Map.of(), Set.of()),
                Strategy.CONTAINER,
                new Waves(List.of(), 0),
                new Limits.Deadlines(Duration.ofMinutes(1), Duration.ofMinutes(1)),
                Map.of(),
                Duration.ofHours(1));
    }
}
