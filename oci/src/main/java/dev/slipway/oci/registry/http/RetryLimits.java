package dev.slipway.oci.registry.http;

import java.time.Duration;

/**
 * How long to keep trying.
 *
 * @param attempts of one request in all, the first included
 * @param firstPause doubles with each attempt
 * @param longestPause where the doubling stops
 * @param retryAfterBudget the longest that one request waits in all because a registry said {@code Retry-After}
 */
public record RetryLimits(int attempts, Duration firstPause, Duration longestPause, Duration retryAfterBudget) {
    public static final RetryLimits DEFAULT =
            new RetryLimits(6, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMinutes(2));

    public RetryLimits {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 at least, and are %d".formatted(attempts));
        }
    }

    /** Before the attempt that follows the n-th, without jitter. */
    public Duration pauseAfter(int attempt) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
