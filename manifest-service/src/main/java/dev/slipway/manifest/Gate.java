package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Optional;

/** Decides whether an index may be written and signed. */
public interface Gate {

    /**
     * Judges an index that is nowhere yet, over images that are in staging and verified. The same question has the same answer.
     * Throws what staging throws.
     */
    Decision decide(Manifest index, List<Candidate> images, Asked asked);

    /**
     * An image that the index would list.
     *
     * @param artifacts that go with it
     */
    record Candidate(Descriptor image, List<Descriptor> artifacts) {
        public Candidate {
            artifacts = List.copyOf(artifacts);
        }
    }

    /**
     * What the request says.
     *
     * @param release whether it is no snapshot
     * @param targets where the image shall go
     */
    record Asked(
            String tenant,
            boolean release,
            Optional<String> requester,
            Optional<SourceRevision> source,
            List<Reference> targets) {
        public Asked {
            targets = List.copyOf(targets);
        }
    }

    /** Where the build context came from, as far as the request says it. */
    record SourceRevision(Optional<String> url, Optional<String> revision, Optional<String> ref) {}

    /**
     * The answer.
     *
     * @param violations rules that do not hold
     * @param policySet digest of the policies
     */
    record Decision(List<Violation> violations, Digest policySet) {
        public Decision {
            violations = List.copyOf(violations);
        }

        public boolean denies() {
            return violations.stream().anyMatch(Violation::denies);
        }
    }

    /**
     * A rule that does not hold.
     *
     * @param denies whether it does more than warn
     * @param platform empty where the rule is about the whole
     */
    record Violation(String rule, boolean denies, Optional<String> platform, String message) {}
}
