package dev.slipway.push.kafka;

import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.model.Attachments;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPlan.Attachment;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.Traffic;
import dev.slipway.push.moving.TagMove;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Events in the words of the core. */
public final class FromEvents {
    private FromEvents() {}

    /**
     * What is to become of an image in staging.
     *
     * @param targets each a full reference
     * @throws IllegalArgumentException where there is no target, or one that is none
     */
    static PublishPlan plan(MoveTerms terms, List<String> targets) {
        List<dev.slipway.events.model.Descriptor> all = Stream.concat(
                        terms.images().stream().map(PlatformImage::referrers).flatMap(List::stream),
                        terms.referrers().stream())
                .toList();
        Predicate<dev.slipway.events.model.Descriptor> tagged =
                descriptor -> descriptor.annotations().containsKey(Attachments.TAG);
        return new PublishPlan(
                terms.buildId(),
                terms.requestedAt(),
                descriptor(terms.index()),
                all.stream().filter(tagged.negate()).map(FromEvents::descriptor).toList(),
                all.stream().filter(tagged).map(FromEvents::attachment).toList(),
                targets.stream().map(Reference::parseTagged).toList(),
                policy(terms.policy()));
    }

    private static Attachment attachment(dev.slipway.events.model.Descriptor descriptor) {
        Map<String, String> annotations = descriptor.annotations();
        return new Attachment(
                Descriptor.of(descriptor.mediaType(), new Digest(descriptor.digest()), descriptor.size()),
                Objects.requireNonNull(annotations.get(Attachments.TAG)),
                Optional.ofNullable(annotations.get(Attachments.REPOSITORY))
                        .map(Reference::parse)
                        .map(Reference::repository));
    }

    /**
     * What the mover has to do.
     *
     * @throws IllegalArgumentException where there is no target, or one that is none
     */
    public static TagMove move(TagMoveEvent.TagMoveRequested event) {
        List<StagedTarget> staged =
                event.targets().stream().map(FromEvents::staged).toList();
        List<TargetResult> leftOut =
                event.leftOut().stream().map(FromEvents::result).toList();
        PublishPlan plan = new PublishPlan(
                event.buildId(),
                event.requestedAt(),
                descriptor(event.index()),
                List.of(),
                List.of(),
                Stream.concat(
                                staged.stream().map(StagedTarget::reference),
                                leftOut.stream().map(TargetResult::reference))
                        .toList(),
                policy(event.publishPolicy()));
        return new TagMove(plan, staged, leftOut);
    }

    private static PublishPolicy policy(dev.slipway.events.model.PublishPolicy policy) {
        return switch (policy) {
            case ALL -> PublishPolicy.ALL;
            case QUORUM -> PublishPolicy.QUORUM;
            case ANY -> PublishPolicy.ANY;
        };
    }

    static Descriptor descriptor(dev.slipway.events.model.Descriptor descriptor) {
        return new Descriptor(
                descriptor.mediaType(),
                new Digest(descriptor.digest()),
                descriptor.size(),
                null,
                descriptor.artifactType(),
                descriptor.annotations());
    }

    private static StagedTarget staged(dev.slipway.events.model.StagedTarget target) {
        return new StagedTarget(
                Reference.parseTagged(target.reference()),
                new Traffic(target.bytesSent(), target.bytesMounted(), target.requests()),
                target.duration(),
                target.digestWasPresent());
    }

    private static TargetResult result(TargetOutcome outcome) {
        return new TargetResult(
                Reference.parseTagged(outcome.reference()),
                switch (outcome.state()) {
                    case PUBLISHED -> TargetResult.State.PUBLISHED;
                    case UNTOUCHED -> TargetResult.State.UNTOUCHED;
                    case UNDONE -> TargetResult.State.UNDONE;
                    case MOVED_BY_OTHERS -> TargetResult.State.MOVED_BY_OTHERS;
                    case ROLLBACK_INCOMPLETE -> TargetResult.State.ROLLBACK_INCOMPLETE;
                },
                Optional.ofNullable(outcome.digest()).map(Digest::new),
                Optional.ofNullable(outcome.previousDigest()).map(Digest::new),
                new Traffic(outcome.bytesSent(), outcome.bytesMounted(), outcome.requests()),
                outcome.duration(),
                Optional.ofNullable(outcome.failure()).map(FromEvents::failure));
    }

    private static TargetFailure failure(Failure failure) {
        TargetFailure.Reason reason = switch (failure.code()) {
            case REGISTRY_UNAVAILABLE -> TargetFailure.Reason.REGISTRY_UNAVAILABLE;
            case REGISTRY_UNAUTHORIZED -> TargetFailure.Reason.REGISTRY_UNAUTHORIZED;
            case REGISTRY_REFUSED -> TargetFailure.Reason.REGISTRY_REFUSED;
            case TAG_IMMUTABLE -> TargetFailure.Reason.TAG_IMMUTABLE;
            case TAG_MOVED_BY_OTHERS -> TargetFailure.Reason.TAG_MOVED_BY_OTHERS;
            case NO_EARLIER_IMAGE -> TargetFailure.Reason.NO_EARLIER_IMAGE;
            case IMAGE_NOT_FOUND -> TargetFailure.Reason.IMAGE_NOT_FOUND;
            case ACCESS_DENIED -> TargetFailure.Reason.ACCESS_DENIED;
            case CHILD_MANIFEST_MISSING -> TargetFailure.Reason.CHILD_MANIFEST_MISSING;
            case VERIFICATION_FAILED -> TargetFailure.Reason.VERIFICATION_FAILED;
            case ROLLBACK_INCOMPLETE -> TargetFailure.Reason.ROLLBACK_INCOMPLETE;
            default -> TargetFailure.Reason.INTERNAL_ERROR;
        };
        return new TargetFailure(
                reason, failure.message(), failure.concerns() == null ? "" : failure.concerns(), failure.retryable());
    }
}
