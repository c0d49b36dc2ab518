package dev.slipway.push.kafka;

import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.Received;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.rollback.EarlierImage;
import dev.slipway.push.source.FindAttachments;
import dev.slipway.push.source.FindImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What travels with an image that comes back: what its publish listed, as long as staging has it; else what lies beside the
 * image where it still is.
 */
public final class EarlierTerms {
    private final PublishLog log;
    private final FindAttachments findAttachments;

    public EarlierTerms(PublishLog log, FindAttachments findAttachments) {
        this.log = log;
        this.findAttachments = findAttachments;
    }

    private record Listed(
            List<PlatformImage> images,
            List<Descriptor> referrers,
            @Nullable WarmupSpec warmup) {}

    /** Errors as {@link FindAttachments#find}. */
    MoveTerms of(
            Received<RequestEvent> received,
            RollbackRequested request,
            EarlierImage.Found earlier,
            FindImage.Result.Found where) {
        Optional<Listed> published = earlier.publishedBy().flatMap(this::listed);
        Listed listed = published
                .filter(known -> where.inStaging())
                .orElseGet(() -> beside(where, published.map(Listed::warmup).orElse(null)));
        return new MoveTerms(
                received.buildId(),
                TagMovePurpose.ROLLBACK,
                received.envelope().time(),
                null,
                Topic.tenantOf(received.topic()),
                PublishPolicy.ALL,
                ToEvents.descriptor(where.image()),
                listed.images(),
                listed.referrers(),
                listed.warmup(),
                request.requester());
    }

    private Optional<Listed> listed(String buildId) {
        return log.outcome(buildId).flatMap(outcome -> switch (outcome) {
            case ImagePublished published ->
                Optional.of(new Listed(published.images(), published.referrers(), published.warmup()));
            case ImageRolledBack rolledBack ->
                Optional.of(new Listed(rolledBack.images(), rolledBack.referrers(), rolledBack.warmup()));
            // its undo was not complete, so the tag named it; what belongs to it nobody said
            default -> Optional.empty();
        });
    }

    private Listed beside(FindImage.Result.Found where, @Nullable WarmupSpec warmup) {
        FindAttachments.Beside beside = findAttachments.find(where.source(), where.image());
        return new Listed(List.of(), ToEvents.referrers(beside), warmup);
    }
}
