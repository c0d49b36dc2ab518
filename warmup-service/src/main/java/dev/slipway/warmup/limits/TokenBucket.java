package dev.slipway.warmup.limits;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A pace, over all runs of a cluster: so many creates in a second, with a burst. */
public final class TokenBucket {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long saved;
    private final LongSupplier nanoTime;
    private long next;
    private long resting;

    public TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException(
                    "a pace of %s a second with a burst of %d lets nothing through".formatted(perSecond, burst));
        }
        this.interval = Math.round(SECOND / perSecond);
        this.saved = interval * (burst - 1);
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() - saved;
        this.resting = nanoTime.getAsLong();
    }

    /** Reserves one; how long its owner has to wait until it may be used. */
    public synchronized Duration reserve() {
        long now = nanoTime.getAsLong();
        long at = Math.max(next, now - saved);
        next = at + interval;
        return Duration.ofNanos(Math.max(0, at - now));
    }

    /** Nothing goes through for a while. */
    public synchronized void pause(Duration duration) {
        resting = Math.max(resting, nanoTime.getAsLong() + duration.toNanos());
        next = Math.max(next, resting);
    }

    /** How long nothing goes through, also for whoever has reserved before. */
    public synchronized Duration rest() {
        return Duration.ofNanos(Math.max(0, resting - nanoTime.getAsLong()));
    }
}
