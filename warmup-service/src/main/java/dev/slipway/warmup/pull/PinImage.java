package dev.slipway.warmup.pull;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.pull.TagIndex.Named;
import java.util.Optional;

/**
 * What a container's image and pull policy become: a tag that Slipway published is pinned to the digest that it names now, and the
 * policy is what was decided. Nothing but memory is asked.
 */
public final class PinImage {
    private static final String ALWAYS = PullPolicy.ALWAYS.text();
    private static final String NEVER = "Never";

    private final TagIndex tags;
    private final DecidePullPolicy decide;

    /**
     * What a container should say instead.
     *
     * @param image with the tag, for people, and the digest
     * @param policy never {@code Never}
     */
    public record Pinned(String image, String policy, Decision decision) {}

    public PinImage(TagIndex tags, DecidePullPolicy decide) {
        this.tags = tags;
        this.decide = decide;
    }

    /**
     * Decides for one container; empty where it stays as it is.
     *
     * @param policy as the pod has it: {@code Always} is never weakened, and who says {@code Never} has reasons
     * @param canary whether the pod is marked as one that tries a new version
     */
    public Optional<Pinned> pin(String cluster, String image, String policy, boolean canary) {
        if (policy.equals(NEVER)) {
            return Optional.empty();
        }
        return published(image).map(named -> {
            Decision decision = decide.decide(cluster, named, true, canary);
            return new Pinned(
                    named.reference() + "@" + named.digest(),
                    policy.equals(ALWAYS) ? ALWAYS : decision.policy().text(),
                    decision);
        });
    }

    private Optional<Named> published(String image) {
        try {
            return Reference.parse(image) instanceof Reference.Tagged tag ? tags.find(tag) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
