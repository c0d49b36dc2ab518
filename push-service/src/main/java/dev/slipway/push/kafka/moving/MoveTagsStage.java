package dev.slipway.push.kafka.moving;

import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagMoveEvent.TagMoveRequested;
import dev.slipway.events.TagStateEvent;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Reference;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.kafka.Deadline;
import dev.slipway.push.kafka.FromEvents;
import dev.slipway.push.kafka.ToEvents;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.moving.GiveUpPublish;
import dev.slipway.push.moving.Journal;
import dev.slipway.push.moving.PublishImage;
import dev.slipway.push.moving.TagMove;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Requests to move tags become outcomes. A build that has one keeps it. */
public final class MoveTagsStage implements Stage<TagMoveEvent> {
    private final Function<Journal, PublishImage> publishImage;
    private final Function<Journal, GiveUpPublish> giveUpPublish;
    private final DecideAccess access;
    private final PublishLog log;
    private final EventPublisher publisher;
    private final Deadline deadline;

    public MoveTagsStage(
            Function<Journal, PublishImage> publishImage,
            Function<Journal, GiveUpPublish> giveUpPublish,
            DecideAccess access,
            PublishLog log,
            EventPublisher publisher,
            InstantSource clock) {
        this.publishImage = publishImage;
        this.giveUpPublish = giveUpPublish;
        this.access = access;
        this.log = log;
        this.publisher = publisher;
        this.deadline = new Deadline(clock);
    }

    @Override
    public String name() {
        return "move tags";
    }

    @Override
    public Class<TagMoveEvent> events() {
        return TagMoveEvent.class;
    }

    @Override
    public void handle(Received<TagMoveEvent> received) {
        switch (received.event()) {
            case TagMoveRequested move -> {
                log.readToEnd();
                PublishEvent outcome = log.outcome(move.buildId()).orElseGet(() -> publish(received, move));
                publisher.publish(received.cause(), facts(move, outcome));
            }
        }
    }

    private PublishEvent publish(Received<TagMoveEvent> received, TagMoveRequested move) {
        TagMove tagMove;
        try {
            tagMove = FromEvents.move(move);
        } catch (IllegalArgumentException e) {
            return ToEvents.invalid(move.buildId(), e);
        }
        Optional<TargetFailure> refusal =
                log.unfinished(move.buildId()).isPresent() ? Optional.empty() : refusal(received, move, tagMove);
        PublishOutcome outcome = refusal.<PublishOutcome>map(
                        why -> giveUpPublish.apply(journal(received)).giveUp(tagMove, why))
                .orElseGet(() -> publishImage.apply(journal(received)).publish(tagMove));
        describe(outcome);
        return ToEvents.outcome(move, outcome);
    }

    /** Once it is in the journal a publish goes to its end. */
    private Optional<TargetFailure> refusal(Received<TagMoveEvent> received, TagMoveRequested move, TagMove tagMove) {
        if (deadline.hasPassed(move.deadline())) {
            return Optional.of(Deadline.failure(move.deadline()));
        }
        return access.refusal(
                received.cause(),
                AccessCheck.COMMIT,
                new DecideAccess.Wish(
                        move.tenant(), move.purpose(), tagMove.plan().targets(), move.requester()));
    }

    /** Tags first. Those that the log knows of already are not said again: something newer may have come after them. */
    private List<Fact> facts(TagMoveRequested move, PublishEvent outcome) {
        List<Fact> facts = new ArrayList<>();
        for (TagStateEvent tag : ToEvents.moved(move, outcome)) {
            switch (tag) {
                case TagStateEvent.TagMoved moved -> {
                    if (!isKnown(moved)) {
                        facts.add(moved);
                    }
                }
            }
        }
        facts.add(outcome);
        return facts;
    }

    private boolean isKnown(TagStateEvent.TagMoved moved) {
        return log.latest(Reference.parseTagged(moved.reference()))
                .filter(latest -> latest.buildId().equals(moved.buildId())
                        || latest.requestedAt().isAfter(moved.requestedAt()))
                .isPresent();
    }

    private Journal journal(Received<TagMoveEvent> received) {
        return new KafkaJournal(log, publisher, received.cause());
    }

    private static void describe(PublishOutcome outcome) {
        Span span = Span.current();
        switch (outcome) {
            case PublishOutcome.Published published ->
                span.setAttribute("slipway.publish.window", published.window().toNanos() / 1e9);
            case PublishOutcome.Failed failed ->
                span.setStatus(StatusCode.ERROR, failed.failures().getFirst().message());
            case PublishOutcome.Superseded superseded ->
                span.setAttribute("slipway.publish.superseded_by", superseded.by());
        }
        List<String> incomplete = outcome.targets().stream()
                .filter(target -> target.state() == TargetResult.State.ROLLBACK_INCOMPLETE)
                .map(target -> target.reference().toString())
                .toList();
        if (!incomplete.isEmpty()) {
            span.setAttribute("slipway.publish.rollback_incomplete", String.join(" ", incomplete));
        }
    }

    @Override
    public List<Fact> givenUp(Received<TagMoveEvent> received, RuntimeException last) {
        return switch (received.event()) {
            case TagMoveRequested move -> {
                log.readToEnd(); // the last attempt may have written to the journal
                Optional<PublishEvent> there = log.outcome(move.buildId());
                PublishEvent outcome = there.orElseGet(() -> giveUp(received, move, last));
                yield facts(move, outcome);
            }
        };
    }

    private PublishEvent giveUp(Received<TagMoveEvent> received, TagMoveRequested move, RuntimeException last) {
        TargetFailure why = new TargetFailure(
                TargetFailure.Reason.INTERNAL_ERROR, "the tags could not be moved: " + last.getMessage(), "", true);
        PublishOutcome.Failed failed = giveUpPublish.apply(journal(received)).giveUp(FromEvents.move(move), why);
        describe(failed);
        return ToEvents.outcome(move, failed);
    }
}
