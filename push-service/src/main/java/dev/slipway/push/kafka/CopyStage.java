package dev.slipway.push.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.source.FindCopy;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.staging.StageImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Requests to copy images that exist. From the source they go by digest to every target; then their tags move as all others. */
public final class CopyStage implements Stage<RequestEvent> {
    private final FindCopy findCopy;
    private final DecideAccess access;
    private final Function<StagingArea, StageImage> stageImage;
    private final PublishLog log;
    private final EventPublisher publisher;

    /**
     * Makes it.
     *
     * @param stageImage by where the image comes from
     */
    public CopyStage(
            FindCopy findCopy,
            DecideAccess access,
            Function<StagingArea, StageImage> stageImage,
            PublishLog log,
            EventPublisher publisher) {
        this.findCopy = findCopy;
        this.access = access;
        this.stageImage = stageImage;
        this.log = log;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "stage copy";
    }

    @Override
    public Class<RequestEvent> events() {
        return RequestEvent.class;
    }

    @Override
    public boolean first() {
        return true;
    }

    @Override
    public boolean concerns(RequestEvent event) {
        return event instanceof CopyRequested;
    }

    @Override
    public void handle(Received<RequestEvent> received) {
        if (received.event() instanceof CopyRequested request) {
            log.readToEnd();
            publisher.publish(received.cause(), log.said(received.buildId()).orElseGet(() -> next(received, request)));
        }
    }

    private Fact next(Received<RequestEvent> received, CopyRequested request) {
        Reference source;
        List<Platform> platforms;
        List<Reference.Tagged> targets;
        try {
            source = Reference.parse(request.source());
            platforms = request.platforms().stream().map(Platform::parse).toList();
            targets = request.targets().stream().map(Reference::parseTagged).toList();
        } catch (IllegalArgumentException e) {
            return ToEvents.invalid(received.buildId(), e);
        }
        Fact next = refusal(received, request, targets)
                .<Fact>map(why -> StagedFacts.refused(received.buildId(), why))
                .orElseGet(() -> staged(received, request, findCopy.find(source, platforms)));
        log.readToEnd(); // another process may have come to something else meanwhile
        return log.said(received.buildId()).orElse(next);
    }

    private Optional<TargetFailure> refusal(
            Received<RequestEvent> received, CopyRequested request, List<Reference.Tagged> targets) {
        return access.refusal(
                received.cause(),
                AccessCheck.REQUEST,
                new DecideAccess.Wish(
                        Topic.tenantOf(received.topic()), TagMovePurpose.PUBLISH, targets, request.requester()));
    }

    private Fact staged(Received<RequestEvent> received, CopyRequested request, FindCopy.Result result) {
        return switch (result) {
            case FindCopy.Result.Refused refused -> StagedFacts.refused(received.buildId(), refused.why());
            case FindCopy.Result.Found found -> {
                MoveTerms terms = terms(received, request, found);
                yield StagedFacts.next(
                        terms, stageImage.apply(found.source()).stage(FromEvents.plan(terms, request.targets())));
            }
        };
    }

    private static MoveTerms terms(
            Received<RequestEvent> received, CopyRequested request, FindCopy.Result.Found found) {
        return new MoveTerms(
                received.buildId(),
                TagMovePurpose.PUBLISH,
                received.envelope().time(),
                null,
                Topic.tenantOf(received.topic()),
                PublishPolicy.ALL,
                ToEvents.descriptor(found.image()),
                found.images().stream().flatMap(CopyStage::image).toList(),
                ToEvents.referrers(found.beside()),
                null,
                request.requester());
    }

    /** What refers to it stands with the index's. An entry without a platform is for no node. */
    private static Stream<PlatformImage> image(Descriptor image) {
        return image.optionalPlatform().stream()
                .map(platform -> new PlatformImage(
                        platform.name(), platform.osVersion(), ToEvents.descriptor(image), List.of()));
    }

    @Override
    public List<Fact> givenUp(Received<RequestEvent> received, RuntimeException last) {
        log.readToEnd();
        return List.of(log.said(received.buildId()).orElseGet(() -> ToEvents.notStaged(received.buildId(), last)));
    }
}
