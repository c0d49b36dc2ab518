package dev.slipway.manifest.children;

import java.time.Duration;

/**
 * How long staging may take until it shows a child.
 *
 * @param resolve until a digest can be fetched, and for each fetch
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
}
