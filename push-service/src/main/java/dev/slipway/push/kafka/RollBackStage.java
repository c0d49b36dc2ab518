package dev.slipway.push.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.rollback.EarlierImage;
import dev.slipway.push.rollback.FindEarlierImage;
import dev.slipway.push.source.FindImage;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.staging.StageImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Requests to roll tags back. The earlier image is staged again wherever it is not any more; then its tags go through the same log
 * as all others.
 */
public final class RollBackStage implements Stage<RequestEvent> {
    private static final String PREVIOUS = "previous";

    private final FindEarlierImage findEarlier;
    private final DecideAccess access;
    private final FindImage findImage;
    private final EarlierTerms terms;
    private final Function<StagingArea, StageImage> stageImage;
    private final PublishLog log;
    private final EventPublisher publisher;

    /**
     * Makes it.
     *
     * @param stageImage by where the image comes from
     */
    public RollBackStage(
            FindEarlierImage findEarlier,
            DecideAccess access,
            FindImage findImage,
            EarlierTerms terms,
            Function<StagingArea, StageImage> stageImage,
            PublishLog log,
            EventPublisher publisher) {
        this.findEarlier = findEarlier;
        this.access = access;
        this.findImage = findImage;
        this.terms = terms;
        this.stageImage = stageImage;
        this.log = log;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "stage rollback";
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
        return event instanceof RollbackRequested;
    }

    @Override
    public void handle(Received<RequestEvent> received) {
        if (received.event() instanceof RollbackRequested request) {
            log.readToEnd();
            publisher.publish(received.cause(), log.said(received.buildId()).orElseGet(() -> next(received, request)));
        }
    }

    private Fact next(Received<RequestEvent> received, RollbackRequested request) {
        Reference.Tagged tag;
        Optional<Digest> wanted;
        try {
            tag = Reference.parseTagged(request.reference());
            wanted = request.to().equals(PREVIOUS) ? Optional.empty() : Optional.of(new Digest(request.to()));
        } catch (IllegalArgumentException e) {
            return ToEvents.invalid(received.buildId(), e);
        }
        EarlierImage earlier = findEarlier.find(tag, wanted);
        Fact next = refusal(received, request, tags(earlier, tag))
                .<Fact>map(why -> StagedFacts.refused(received.buildId(), why))
                .orElseGet(() -> switch (earlier) {
                    case EarlierImage.Refused refused -> StagedFacts.refused(received.buildId(), refused.why());
                    case EarlierImage.Found found -> stage(received, request, found);
                });
        log.readToEnd(); // another process may have come to something else meanwhile
        return log.said(received.buildId()).orElse(next);
    }

    private static List<Reference.Tagged> tags(EarlierImage earlier, Reference.Tagged tag) {
        return switch (earlier) {
            case EarlierImage.Refused refused -> List.of(tag);
            case EarlierImage.Found found -> found.tags();
        };
    }

    private Optional<TargetFailure> refusal(
            Received<RequestEvent> received, RollbackRequested request, List<Reference.Tagged> tags) {
        return access.refusal(
                received.cause(),
                AccessCheck.REQUEST,
                new DecideAccess.Wish(
                        Topic.tenantOf(received.topic()), TagMovePurpose.ROLLBACK, tags, request.requester()));
    }

    private Fact stage(Received<RequestEvent> received, RollbackRequested request, EarlierImage.Found earlier) {
        FindImage.Result where = findImage.find(
                earlier.digest(),
                earlier.tags().stream().map(Reference.Tagged::repository).toList());
        return switch (where) {
            case FindImage.Result.Lost lost -> StagedFacts.refused(received.buildId(), lost.why());
            case FindImage.Result.Found found -> {
                MoveTerms move = terms.of(received, request, earlier, found);
                yield StagedFacts.next(
                        move, stageImage.apply(found.source()).stage(FromEvents.plan(move, names(earlier))));
            }
        };
    }

    private static List<String> names(EarlierImage.Found earlier) {
        return earlier.tags().stream().map(Reference.Tagged::toString).toList();
    }

    @Override
    public List<Fact> givenUp(Received<RequestEvent> received, RuntimeException last) {
        log.readToEnd();
        return List.of(log.said(received.buildId()).orElseGet(() -> ToEvents.notStaged(received.buildId(), last)));
    }
}
