package dev.slipway.push.staging;

import dev.slipway.push.PublishOutcome;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetResult;
import java.util.List;

/** How staging ended. */
public sealed interface StagingOutcome {

    /**
     * Enough targets hold everything.
     *
     * @param leftOut targets that failed, where the policy allows to go on without them
     */
    record Staged(List<StagedTarget> targets, List<TargetResult> leftOut) implements StagingOutcome {
        public Staged {
            targets = List.copyOf(targets);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Too few targets hold everything; no tag was touched. */
    record NotStaged(PublishOutcome.Failed outcome) implements StagingOutcome {}
}
