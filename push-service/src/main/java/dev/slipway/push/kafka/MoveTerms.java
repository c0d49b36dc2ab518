package dev.slipway.push.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.TagMoveEvent.TagMoveRequested;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.StagedTarget;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.oci.Reference;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.staging.StagingOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request to move tags says beside what staging came to; see {@link TagMoveRequested}. */
record MoveTerms(
        String buildId,
        TagMovePurpose purpose,
        Instant requestedAt,
        @Nullable Instant deadline,
        String tenant,
        PublishPolicy policy,
        Descriptor index,
        List<PlatformImage> images,
        List<Descriptor> referrers,
        @Nullable WarmupSpec warmup,
        @Nullable String requester) {

    static MoveTerms of(AssemblyEvent.ImageAssembled event) {
        BuildPlan plan = event.plan();
        return new MoveTerms(
                event.buildId(),
                TagMovePurpose.PUBLISH,
                plan.requestedAt(),
                plan.requestedAt().plus(plan.request().deadline()),
                plan.tenant(),
                plan.request().publishPolicy(),
                event.index(),
                event.images(),
                event.referrers(),
                plan.request().warmup(),
                plan.request().requester());
    }

    DecideAccess.Wish wish(List<Reference.Tagged> tags) {
        return new DecideAccess.Wish(tenant, purpose, tags, requester);
    }

    TagMoveRequested move(StagingOutcome.Staged staged) {
        return new TagMoveRequested(
                buildId,
                purpose,
                requestedAt,
                deadline,
                tenant,
                policy,
                index,
                images,
                referrers,
                staged.targets().stream()
                        .map(target -> new StagedTarget(
                                target.reference().toString(),
                                target.traffic().bytesSent(),
                                target.traffic().bytesMounted(),
                                target.traffic().requests(),
                                target.duration(),
                                target.digestWasPresent()))
                        .toList(),
                ToEvents.outcomes(staged.leftOut()),
                warmup,
                requester);
    }
}
