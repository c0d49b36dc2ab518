package dev.slipway.events;

import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.PolicyDecision;
import dev.slipway.events.model.PolicyViolation;
import java.util.List;

/** Topic {@code slipway.image.assembled}: by digest in staging, nothing is on a target yet. */
public sealed interface AssemblyEvent extends Fact {

    String buildId();

    @Override
    default String subject() {
        return buildId();
    }

    @Override
    default List<String> identity() {
        return List.of(buildId());
    }

    /**
     * Type {@code dev.slipway.image.assembled.v1}.
     *
     * @param referrers of the index; those of the children are with their images
     */
    record ImageAssembled(
            String buildId,
            BuildPlan plan,
            Descriptor index,
            List<PlatformImage> images,
            List<String> missingPlatforms,
            List<Descriptor> referrers)
            implements AssemblyEvent {
        public ImageAssembled {
            images = List.copyOf(images);
            missingPlatforms = List.copyOf(missingPlatforms);
            referrers = List.copyOf(referrers);
        }
    }

    /** Type {@code dev.slipway.image.assembly-failed.v1}, terminal. */
    record ImageAssemblyFailed(String buildId, List<Failure> failures) implements AssemblyEvent {
        public ImageAssemblyFailed {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Type {@code dev.slipway.policy.decided.v1}; comes before the event that says what became of the image.
     *
     * @param violations rules that do not hold, those that only warn included
     * @param policySet digest of the policies that decided
     */
    record PolicyDecided(String buildId, PolicyDecision decision, List<PolicyViolation> violations, String policySet)
            implements AssemblyEvent {
        public PolicyDecided {
            violations = List.copyOf(violations);
        }

        /** Other policies make another decision, though the build is the same. */
        @Override
        public List<String> identity() {
            return List.of(buildId, policySet);
        }
    }
}
