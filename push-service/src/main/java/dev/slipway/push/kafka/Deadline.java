package dev.slipway.push.kafka;

import dev.slipway.events.BuildPlan;
import dev.slipway.push.TargetFailure;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The deadline of a request, which ends its publish as long as nothing is in the journal. After that tags may have moved, and
 * the publish goes to its end, whatever that is.
 */
record Deadline(InstantSource clock) {

    boolean hasPassed(BuildPlan plan) {
        return !clock.instant().isBefore(of(plan));
    }

    TargetFailure failure(BuildPlan plan) {
        return new TargetFailure(
                TargetFailure.Reason.DEADLINE_EXCEEDED,
                "the deadline %s passed before any tag was moved".formatted(of(plan)),
                "",
                true);
    }

    private static Instant of(BuildPlan plan) {
        return plan.requestedAt().plus(plan.request().deadline());
    }
}
