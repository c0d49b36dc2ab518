package dev.slipway.warmup.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeatTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Instant now = NOON;
    private final Heat heat = new Heat(Duration.ofMinutes(5), () -> now);

    @Test
    void countsNodesAndNotPods() {
        heat.asked("a:1", "n1", NOON);
        heat.asked("a:1", "n1", NOON);
        heat.asked("a:1", "n2", NOON);
        heat.asked("sha256:a", "n2", NOON);
        heat.asked("sha256:a", "n3", NOON);
        heat.asked("a:10", "n4", NOON);

        assertThat(heat.nodes("a:1")).isEqualTo(2);
        assertThat(heat.nodes("a:1", "sha256:a")).as("by any of its names").isEqualTo(3);
        assertThat(heat.images()).containsExactlyInAnyOrder("a:1", "sha256:a", "a:10");
    }

    @Test
    void cools() {
        heat.asked("a:1", "n1", NOON);
        now = NOON.plus(Duration.ofMinutes(4));
        heat.asked("a:1", "n2", now);
        assertThat(heat.nodes("a:1")).isEqualTo(2);

        now = NOON.plus(Duration.ofMinutes(5));
        assertThat(heat.nodes("a:1")).isEqualTo(1);

        now = NOON.plus(Duration.ofMinutes(9));
        assertThat(heat.images()).isEmpty();
    }

    @Test
    void whatWasLongAgoDoesNotCount() {
        heat.asked("a:1", "n1", NOON.minus(Duration.ofMinutes(6)));

        assertThat(heat.nodes("a:1")).isZero();
    }
}
