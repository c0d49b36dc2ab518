package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.StagedTarget;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.WarmupSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.tag-move.requested}, one partition: what is staged everywhere and may become visible. */
public sealed interface TagMoveEvent extends Fact {

    /**
     * Type {@code dev.slipway.tag-move.requested.v1}.
     *
     * @param requestedAt {@code ce_time} of the request, the order of all moves of a tag: an older one never takes it from a
     *     newer
     * @param deadline after which nothing is begun
     * @param index what the tags shall name
     * @param referrers of the index; those of the images are with them
     * @param leftOut targets that failed to be staged, where the publish policy allows to go on without them
     */
    record TagMoveRequested(
            String buildId,
            TagMovePurpose purpose,
            Instant requestedAt,
            @Nullable Instant deadline,
            String tenant,
            PublishPolicy publishPolicy,
            Descriptor index,
            List<PlatformImage> images,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Descriptor> referrers,
            List<StagedTarget> targets,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TargetOutcome> leftOut,
            @Nullable WarmupSpec warmup,
            @Nullable String requester)
            implements TagMoveEvent {
        public TagMoveRequested {
            images = List.copyOf(images);
            referrers = Lists.orEmpty(referrers);
            targets = List.copyOf(targets);
            leftOut = Lists.orEmpty(leftOut);
        }

        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }
}
