package dev.slipway.push;

import java.time.Duration;
import java.util.List;

/** How a publish ended. Each names every target of the plan. */
public sealed interface PublishOutcome {

    List<TargetResult> targets();

    /**
     * As many targets as the policy wants have the new digest.
     *
     * @param window how long readers could see both digests: from the first tag that moved to the last
     */
    record Published(List<TargetResult> targets, Duration window) implements PublishOutcome {
        public Published {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Too few targets could be reached, and what had been moved was put back.
     *
     * @param failures at least one
     */
    record Failed(List<TargetFailure> failures, List<TargetResult> targets) implements PublishOutcome {
        public Failed {
            failures = List.copyOf(failures);
            targets = List.copyOf(targets);
        }
    }

    /**
     * The result of a newer request holds a tag already.
     *
     * @param by the newer build
     */
    record Superseded(String by, List<TargetResult> targets) implements PublishOutcome {
        public Superseded {
            targets = List.copyOf(targets);
        }
    }
}
