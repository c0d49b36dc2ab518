package dev.slipway.push.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.staging.StagingOutcome;
import java.util.List;

/** What follows from staging, or from there being nothing to stage. */
final class StagedFacts {
    private StagedFacts() {}

    static Fact next(MoveTerms terms, StagingOutcome outcome) {
        StagingSpan.describe(outcome);
        return switch (outcome) {
            case StagingOutcome.Staged staged -> terms.move(staged);
            case StagingOutcome.NotStaged notStaged -> ToEvents.failed(terms.buildId(), notStaged.outcome());
        };
    }

    static PublishEvent refused(String buildId, TargetFailure why) {
        StagingOutcome.NotStaged none =
                new StagingOutcome.NotStaged(new PublishOutcome.Failed(List.of(why), List.of()));
        StagingSpan.describe(none);
        return ToEvents.failed(buildId, none.outcome());
    }
}
