package dev.slipway.push;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.util.List;

/**
 * What is to be published, and where.
 *
 * @param requestedAt when the request was made: a tag never moves to the result of an older request
 * @param index what the tags shall name
 * @param referrers of the index and of its children, in an order in which subjects come first
 * @param targets each once, at least one
 */
public record PublishPlan(
        String buildId,
        Instant requestedAt,
        Descriptor index,
        List<Descriptor> referrers,
        List<Reference.Tagged> targets,
        PublishPolicy policy) {

    public PublishPlan {
        referrers = List.copyOf(referrers);
        targets = targets.stream().distinct().toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("build %s names no target".formatted(buildId));
        }
    }

    /** How many of the targets must have the new digest. */
    public int required() {
        return policy.required(targets.size());
    }
}
