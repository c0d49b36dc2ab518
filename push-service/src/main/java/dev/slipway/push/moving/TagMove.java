package dev.slipway.push.moving;

import dev.slipway.push.PublishPlan;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetResult;
import java.util.List;

/**
 * What is staged and may become visible.
 *
 * @param plan names all targets that the request wants
 * @param staged those that hold everything
 * @param leftOut those that do not
 */
public record TagMove(PublishPlan plan, List<StagedTarget> staged, List<TargetResult> leftOut) {
    public TagMove {
        staged = List.copyOf(staged);
        leftOut = List.copyOf(leftOut);
    }
}
