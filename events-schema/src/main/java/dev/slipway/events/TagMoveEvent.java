package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.StagedTarget;
import dev.slipway.events.model.TargetOutcome;
import java.util.List;

/** Topic {@code slipway.tag-move.requested}, one partition: what is staged everywhere and may become visible. */
public sealed interface TagMoveEvent extends Fact {

    /**
     * Type {@code dev.slipway.tag-move.requested.v1}.
     *
     * @param index what the tags shall name
     * @param leftOut targets that failed to be staged, where the publish policy allows to go on without them
     */
    record TagMoveRequested(
            String buildId,
            BuildPlan plan,
            Descriptor index,
            List<PlatformImage> images,
            List<StagedTarget> targets,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TargetOutcome> leftOut)
            implements TagMoveEvent {
        public TagMoveRequested {
            images = List.copyOf(images);
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
