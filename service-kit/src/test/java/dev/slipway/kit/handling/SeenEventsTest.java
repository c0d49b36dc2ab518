package dev.slipway.kit.handling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeenEventsTest {

    @Test
    void forgetsTheOldestBeyondItsLimit() {
        SeenEvents seen = new SeenEvents(2);

        seen.add("a");
        seen.add("b");
        seen.add("c");

        assertThat(seen.contains("a")).isFalse();
        assertThat(seen.contains("b")).isTrue();
        assertThat(seen.contains("c")).isTrue();
    }
}
