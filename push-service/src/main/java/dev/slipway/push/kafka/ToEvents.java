package dev.slipway.push.kafka;

import dev.slipway.events.JournalEvent;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagStateEvent;
import dev.slipway.events.model.Attachments;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PreparedTarget;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.moving.Prepared;
import dev.slipway.push.source.FindAttachments;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the core found, as events. */
public final class ToEvents {
    private ToEvents() {}

    public static JournalEvent journal(Prepared prepared) {
        return new JournalEvent.ImagePublishPrepared(
                prepared.buildId(),
                prepared.digest().value(),
                prepared.targets().stream()
                        .map(target -> new PreparedTarget(
                                target.reference().toString(),
                                target.previous().map(ToEvents::descriptor).orElse(null),
                                target.digestWasPresent()))
                        .toList());
    }

    public static PublishEvent outcome(TagMoveEvent.TagMoveRequested move, PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Published published -> moved(move, published);
            case PublishOutcome.Failed failed -> failed(move.buildId(), failed);
            case PublishOutcome.Superseded superseded ->
                new PublishEvent.ImageSuperseded(move.buildId(), superseded.by(), outcomes(superseded.targets()));
        };
    }

    private static PublishEvent moved(TagMoveEvent.TagMoveRequested move, PublishOutcome.Published published) {
        return switch (move.purpose()) {
            case PUBLISH ->
                new PublishEvent.ImagePublished(
                        move.buildId(),
                        move.index(),
                        move.images(),
                        move.referrers(),
                        outcomes(published.targets()),
                        published.window(),
                        move.warmup(),
                        move.requester());
            case ROLLBACK ->
                new PublishEvent.ImageRolledBack(
                        move.buildId(),
                        move.index(),
                        move.images(),
                        move.referrers(),
                        outcomes(published.targets()),
                        published.window(),
                        move.warmup(),
                        move.requester());
        };
    }

    static PublishEvent failed(String buildId, PublishOutcome.Failed failed) {
        return new PublishEvent.ImagePublishFailed(
                buildId, failed.failures().stream().map(ToEvents::failure).toList(), outcomes(failed.targets()));
    }

    /** Staging failed to the last retry. */
    static PublishEvent notStaged(String buildId, RuntimeException last) {
        Failure failure = new Failure(
                FailureCode.INTERNAL_ERROR, "the image could not be staged: " + last.getMessage(), null, true);
        return new PublishEvent.ImagePublishFailed(buildId, List.of(failure), List.of());
    }

    /** A request whose targets nobody could publish to. */
    public static PublishEvent invalid(String buildId, IllegalArgumentException e) {
        Failure failure = new Failure(FailureCode.REFERENCE_INVALID, String.valueOf(e.getMessage()), null, false);
        return new PublishEvent.ImagePublishFailed(buildId, List.of(failure), List.of());
    }

    /** The tags that name the new digest now, also where that is not as it should be. */
    public static List<TagStateEvent> moved(TagMoveEvent.TagMoveRequested move, PublishEvent outcome) {
        return targets(outcome).stream()
                .filter(target -> move.index().digest().equals(target.digest()))
                .filter(target ->
                        target.state() == TargetState.PUBLISHED || target.state() == TargetState.ROLLBACK_INCOMPLETE)
                .<TagStateEvent>map(target -> new TagStateEvent.TagMoved(
                        target.reference(), move.index().digest(), move.buildId(), move.requestedAt()))
                .toList();
    }

    private static List<TargetOutcome> targets(PublishEvent outcome) {
        return switch (outcome) {
            case PublishEvent.ImagePublished published -> published.targets();
            case PublishEvent.ImagePublishFailed failed -> failed.targets();
            case PublishEvent.ImageSuperseded superseded -> List.of();
            case PublishEvent.ImageRolledBack rolledBack -> rolledBack.targets();
        };
    }

    static List<TargetOutcome> outcomes(List<TargetResult> results) {
        return results.stream().map(ToEvents::outcome).toList();
    }

    private static TargetOutcome outcome(TargetResult result) {
        return new TargetOutcome(
                result.reference().toString(),
                switch (result.state()) {
                    case PUBLISHED -> TargetState.PUBLISHED;
                    case UNTOUCHED -> TargetState.UNTOUCHED;
                    case UNDONE -> TargetState.UNDONE;
                    case MOVED_BY_OTHERS -> TargetState.MOVED_BY_OTHERS;
                    case ROLLBACK_INCOMPLETE -> TargetState.ROLLBACK_INCOMPLETE;
                },
                result.digest().map(Digest::value).orElse(null),
                result.previous().map(Digest::value).orElse(null),
                result.traffic().bytesSent(),
                result.traffic().bytesMounted(),
                result.traffic().requests(),
                result.duration(),
                result.failure().map(ToEvents::failure).orElse(null));
    }

    static Failure failure(TargetFailure failure) {
        FailureCode code = switch (failure.reason()) {
            case REGISTRY_UNAVAILABLE -> FailureCode.REGISTRY_UNAVAILABLE;
            case REGISTRY_UNAUTHORIZED -> FailureCode.REGISTRY_UNAUTHORIZED;
            case REGISTRY_REFUSED -> FailureCode.REGISTRY_REFUSED;
            case TAG_IMMUTABLE -> FailureCode.TAG_IMMUTABLE;
            case TAG_MOVED_BY_OTHERS -> FailureCode.TAG_MOVED_BY_OTHERS;
            case NO_EARLIER_IMAGE -> FailureCode.NO_EARLIER_IMAGE;
            case IMAGE_NOT_FOUND -> FailureCode.IMAGE_NOT_FOUND;
            case ACCESS_DENIED -> FailureCode.ACCESS_DENIED;
            case CHILD_MANIFEST_MISSING -> FailureCode.CHILD_MANIFEST_MISSING;
            case VERIFICATION_FAILED -> FailureCode.VERIFICATION_FAILED;
            case ROLLBACK_INCOMPLETE -> FailureCode.ROLLBACK_INCOMPLETE;
            case DEADLINE_EXCEEDED -> FailureCode.DEADLINE_EXCEEDED;
            case INTERNAL_ERROR -> FailureCode.INTERNAL_ERROR;
        };
        @Nullable String concerns = failure.registry().isEmpty() ? null : failure.registry();
        return new Failure(code, failure.message(), concerns, failure.retryable());
    }

    static List<dev.slipway.events.model.Descriptor> referrers(FindAttachments.Beside beside) {
        return Stream.concat(
                        beside.referrers().stream().map(ToEvents::descriptor),
                        beside.attachments().stream().map(ToEvents::attachment))
                .toList();
    }

    private static dev.slipway.events.model.Descriptor attachment(PublishPlan.Attachment attachment) {
        return new dev.slipway.events.model.Descriptor(
                attachment.manifest().mediaType(),
                attachment.manifest().digest().value(),
                attachment.manifest().size(),
                null,
                Map.of(Attachments.TAG, attachment.tag()));
    }

    static dev.slipway.events.model.Descriptor descriptor(Descriptor descriptor) {
        return dev.slipway.events.model.Descriptor.of(
                descriptor.mediaType(), descriptor.digest().value(), descriptor.size());
    }
}
