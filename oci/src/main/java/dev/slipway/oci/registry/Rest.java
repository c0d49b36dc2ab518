package dev.slipway.oci.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** For how long a mirror that failed is not asked. */
final class Rest {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final InstantSource clock;
    private volatile Instant end = Instant.MIN;

    Rest(InstantSource clock) {
        this.clock = clock;
    }

    void begin() {
        end = clock.instant().plus(LENGTH);
    }

    boolean isOn() {
        return clock.instant().isBefore(end);
    }
}
