package dev.slipway.push.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.JournalEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagStateEvent;
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
import dev.slipway.push.moving.Prepared;
import dev.slipway.push.moving.TagHistory;
import dev.slipway.push.moving.TagMove;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Events in the words of the core. */
final class FromEvents {
    private FromEvents() {}

    /**
     * What an assembled image is to become.
     *
     * @throws IllegalArgumentException where the request names no target, or one that is none
     */
    static PublishPlan plan(AssemblyEvent.ImageAssembled event) {
        List<dev.slipway.events.model.Descriptor> all = Stream.concat(
                        event.images().stream().map(PlatformImage::referrers).flatMap(List::stream),
                        event.referrers().stream())
                .toList();
        Predicate<dev.slipway.events.model.Descriptor> tagged =
                descriptor -> descriptor.annotations().containsKey(Attachments.TAG);
        return plan(
                event.buildId(),
                event.plan(),
                event.index(),
                all.stream().filter(tagged.negate()).map(FromEvents::descriptor).toList(),
                all.stream().filter(tagged).map(FromEvents::attachment).toList());
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

    static TagMove move(TagMoveEvent.TagMoveRequested event) {
        return new TagMove(
                plan(event.buildId(), event.plan(), event.index(), List.of(), List.of()),
                event.targets().stream().map(FromEvents::staged).toList(),
                event.leftOut().stream().map(FromEvents::result).toList());
    }

    private static PublishPlan plan(
            String buildId,
            BuildPlan plan,
            dev.slipway.events.model.Descriptor index,
            List<Descriptor> referrers,
            List<Attachment> attachments) {
        return new PublishPlan(
                buildId,
                plan.requestedAt(),
                descriptor(index),
                referrers,
                attachments,
                plan.request().tags().stream().map(Reference::parseTagged).toList(),
                switch (plan.request().publishPolicy()) {
                    case ALL -> PublishPolicy.ALL;
                    case QUORUM -> PublishPolicy.QUORUM;
                    case ANY -> PublishPolicy.ANY;
                });
    }

    static Prepared prepared(JournalEvent.ImagePublishPrepared event, Instant at) {
        return new Prepared(
                event.buildId(),
                new Digest(event.digest()),
                event.targets().stream()
                        .map(target -> new Prepared.Target(
                                Reference.parseTagged(target.reference()),
                                Optional.ofNullable(target.previous()).map(FromEvents::descriptor),
                                target.digestWasPresent()))
                        .toList(),
                at);
    }

    static TagHistory.Moved moved(TagStateEvent.TagMoved event) {
        return new TagHistory.Moved(
                Reference.parseTagged(event.reference()),
                new Digest(event.digest()),
                event.buildId(),
                event.requestedAt());
    }

    private static Descriptor descriptor(dev.slipway.events.model.Descriptor descriptor) {
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
            case CHILD_MANIFEST_MISSING -> TargetFailure.Reason.CHILD_MANIFEST_MISSING;
            case VERIFICATION_FAILED -> TargetFailure.Reason.VERIFICATION_FAILED;
            case ROLLBACK_INCOMPLETE -> TargetFailure.Reason.ROLLBACK_INCOMPLETE;
            default -> TargetFailure.Reason.INTERNAL_ERROR;
        };
        return new TargetFailure(
                reason, failure.message(), failure.concerns() == null ? "" : failure.concerns(), failure.retryable());
    }
}
