package dev.slipway.policy.gate;

import dev.slipway.oci.Digest;
import dev.slipway.policy.rules.Action;
import java.util.List;

/**
 * What the rules say to an image.
 *
 * @param violations in the order of the rules, then of the images
 * @param policySet the digest of the policy files
 * @param notEvaluated the names of rules that were not reached; where there are some, a violation says why
 */
public record Decision(List<Violation> violations, Digest policySet, List<String> notEvaluated) {
    public Decision {
        violations = List.copyOf(violations);
        notEvaluated = List.copyOf(notEvaluated);
    }

    /** Whether nothing denies. */
    public boolean allowed() {
        return violations.stream().allMatch(violation -> violation.action() == Action.WARN);
    }
}
