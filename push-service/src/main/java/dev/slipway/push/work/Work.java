package dev.slipway.push.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** What every use case needs to do its work. */
public record Work(Parallel parallel, Pauses pauses, Steps steps, Clock clock) {

    /** Looks until what is wanted shows, or patience ends; once at least. */
    public boolean until(BooleanSupplier shows, Duration patience, Duration pause) {
        Instant start = clock.instant();
        while (!shows.getAsBoolean()) {
            if (since(start).compareTo(patience) >= 0) {
                return false;
            }
            pauses.pause(pause);
        }
        return true;
    }

    public Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
