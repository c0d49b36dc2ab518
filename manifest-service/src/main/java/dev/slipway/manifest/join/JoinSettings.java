package dev.slipway.manifest.join;

import java.time.Duration;

/**
 * Times of the join.
 *
 * @param tick how often deadlines are compared with the clock
 * @param repeatDeadline after what time a passed deadline is said again, should the record not have come back
 * @param keepDecided how long a decided build can repeat what it said
 * @param keepMark how long after that repetitions of its facts are known; also how long facts wait for a plan
 */
public record JoinSettings(Duration tick, Duration repeatDeadline, Duration keepDecided, Duration keepMark) {

    public static final JoinSettings DEFAULT =
            new JoinSettings(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(1));
}
