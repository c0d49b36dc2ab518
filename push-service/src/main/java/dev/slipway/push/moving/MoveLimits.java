package dev.slipway.push.moving;

import java.time.Duration;

/**
 * How hard to try.
 *
 * @param attempts to move or put back one tag, the first included; each has the retries of its requests inside
 * @param pause between two attempts, and between two looks
 * @param confirm how long a registry may take until it shows a tag where it was moved to
 */
public record MoveLimits(int attempts, Duration pause, Duration confirm) {
    public static final MoveLimits DEFAULT = new MoveLimits(3, Duration.ofMillis(100), Duration.ofSeconds(5));

    public MoveLimits {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more: %d".formatted(attempts));
        }
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("pause must be positive: " + pause);
        }
    }
}
