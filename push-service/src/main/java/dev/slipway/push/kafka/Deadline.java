package dev.slipway.push.kafka;

import dev.slipway.push.TargetFailure;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a request, which ends its publish as long as nothing is in the journal. After that tags may have moved, and
 * the publish goes to its end, whatever that is.
 */
public record Deadline(InstantSource clock) {

    /** A request that has none is never late. */
    public boolean hasPassed(@Nullable Instant deadline) {
        return deadline != null && !clock.instant().isBefore(deadline);
    }

    public static TargetFailure failure(@Nullable Instant deadline) {
        return new TargetFailure(
                TargetFailure.Reason.DEADLINE_EXCEEDED,
                "the deadline %s passed before any tag was moved".formatted(deadline),
                "",
                true);
    }
}
