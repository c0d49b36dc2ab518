package dev.slipway.push;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be published, and where.
 *
 * @param requestedAt when the request was made: a tag never moves to the result of an older request
 * @param index what the tags shall name
 * @param referrers of the index and of its children, in an order in which subjects come first
 * @param attachments what is found by a tag beside the image
 * @param targets each once, at least one
 */
public record PublishPlan(
        String buildId,
        Instant requestedAt,
        Descriptor index,
        List<Descriptor> referrers,
        List<Attachment> attachments,
        List<Reference.Tagged> targets,
        PublishPolicy policy) {

    public PublishPlan {
        referrers = List.copyOf(referrers);
        attachments = List.copyOf(attachments);
        targets = targets.stream().distinct().toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("build %s names no target".formatted(buildId));
        }
    }

    /**
     * A manifest that a tag of its own must name before the image is visible: cosign's older form of signatures.
     *
     * @param repository the only one that it is for; empty for every target
     */
    public record Attachment(Descriptor manifest, String tag, Optional<RepositoryName> repository) {}

    /** What belongs beside the image in one repository. */
    public List<Attachment> attachmentsFor(RepositoryName repository) {
        return attachments.stream()
                .filter(attachment -> attachment.repository().isEmpty()
                        || attachment.repository().get().equals(repository))
                .toList();
    }

    /** How many of the targets must have the new digest. */
    public int required() {
        return policy.required(targets.size());
    }
}
