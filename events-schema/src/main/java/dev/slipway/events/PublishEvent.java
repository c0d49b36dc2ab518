package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.WarmupSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.image.published}, kept for ever: the history and the audit trail. All of it is terminal. */
public sealed interface PublishEvent extends Fact {

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
     * Type {@code dev.slipway.image.published.v1}.
     *
     * @param referrers of the index; those of the images are with them
     * @param window from the first tag that moved to the last, how long readers could see both digests
     */
    record ImagePublished(
            String buildId,
            Descriptor index,
            List<PlatformImage> images,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Descriptor> referrers,
            List<TargetOutcome> targets,
            Duration window,
            @Nullable WarmupSpec warmup,
            @Nullable String requester)
            implements PublishEvent {
        public ImagePublished {
            images = List.copyOf(images);
            referrers = Lists.orEmpty(referrers);
            targets = List.copyOf(targets);
        }
    }

    /** Type {@code dev.slipway.image.publish-failed.v1}: the state of every target after the undo. */
    record ImagePublishFailed(String buildId, List<Failure> failures, List<TargetOutcome> targets)
            implements PublishEvent {
        public ImagePublishFailed {
            failures = List.copyOf(failures);
            targets = List.copyOf(targets);
        }
    }

    /** Type {@code dev.slipway.image.superseded.v1}: a newer request's result holds a tag already. */
    record ImageSuperseded(String buildId, String supersededBy, List<TargetOutcome> targets) implements PublishEvent {
        public ImageSuperseded {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Type {@code dev.slipway.image.rolled-back.v1}: tags name again what they have named before.
     *
     * @param images as the publish that comes back had them; empty where it was not Slipway's
     * @param referrers of the index
     * @param warmup as the publish that comes back wanted it
     */
    record ImageRolledBack(
            String buildId,
            Descriptor index,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PlatformImage> images,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Descriptor> referrers,
            List<TargetOutcome> targets,
            Duration window,
            @Nullable WarmupSpec warmup,
            @Nullable String requester)
            implements PublishEvent {
        public ImageRolledBack {
            images = Lists.orEmpty(images);
            referrers = Lists.orEmpty(referrers);
            targets = List.copyOf(targets);
        }
    }
}
