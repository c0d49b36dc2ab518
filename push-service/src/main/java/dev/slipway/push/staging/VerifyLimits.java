package dev.slipway.push.staging;

import java.time.Duration;

/**
 * How long a registry may take until it shows what was written to it.
 *
 * @param resolve until a digest can be fetched
 * @param mediaType until it is served with the right media type
 * @param pause between two looks
 */
public record VerifyLimits(Duration resolve, Duration mediaType, Duration pause) {
    public static final VerifyLimits DEFAULT =
            new VerifyLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(100));

    public VerifyLimits {
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("pause must be positive: " + pause);
        }
    }

    VerifyLimits atOnce() {
        return new VerifyLimits(Duration.ZERO, Duration.ZERO, pause);
    }
}
