package dev.slipway.warmup.limits;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the runs of a cluster share.
 *
 * @param slots pods in flight
 * @param creates their pace
 * @param nanoTime the clock of deadlines
 */
public record Limits(Slots slots, TokenBucket creates, LongSupplier nanoTime) {

    /** Limits by the machine's own clock. */
    public static Limits of(int inFlight, double createsPerSecond, int burst) {
        return new Limits(
                new Slots(inFlight), new TokenBucket(createsPerSecond, burst, System::nanoTime), System::nanoTime);
    }

    /** How long a node and a whole run may take. */
    public record Deadlines(Duration node, Duration run) {}
}
