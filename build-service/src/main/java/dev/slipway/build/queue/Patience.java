package dev.slipway.build.queue;

import java.time.Duration;

/**
 * How long the scheduler waits for what should come.
 *
 * @param silence after it, a worker that reports nothing is dead
 * @param unheard after it, a living worker that reports an assigned build neither running nor finished never got it
 * @param busy how long a build waits for a slot of a living worker that is native to its platform, before one that emulates
 *     it gets it
 * @param memory how long a finished build is remembered, to know it when it is queued again
 */
public record Patience(Duration silence, Duration unheard, Duration busy, Duration memory) {
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofHours(1));
}
