package dev.slipway.push.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.Fact;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.staging.StageImage;
import dev.slipway.push.staging.StagingOutcome;
import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Work;
import java.util.List;
import java.util.Optional;

/** Assembled images become requests to move tags, or failed publishes. */
public final class StageImageStage implements Stage<AssemblyEvent> {
    private final StageImage stageImage;
    private final DecideAccess access;
    private final PublishLog log;
    private final EventPublisher publisher;
    private final Parallel parallel;
    private final Deadline deadline;

    public StageImageStage(
            StageImage stageImage, DecideAccess access, PublishLog log, EventPublisher publisher, Work work) {
        this.stageImage = stageImage;
        this.access = access;
        this.log = log;
        this.publisher = publisher;
        this.parallel = work.parallel();
        this.deadline = new Deadline(work.clock());
    }

    @Override
    public String name() {
        return "stage image";
    }

    @Override
    public Class<AssemblyEvent> events() {
        return AssemblyEvent.class;
    }

    @Override
    public boolean concerns(AssemblyEvent event) {
        return switch (event) {
            case AssemblyEvent.ImageAssembled assembled -> true;
            case AssemblyEvent.ImageAssemblyFailed failed -> false;
            case AssemblyEvent.PolicyDecided decided -> false;
        };
    }

    @Override
    public void handle(Received<AssemblyEvent> received) {
        switch (received.event()) {
            case AssemblyEvent.ImageAssembled assembled ->
                publisher.publish(received.cause(), next(received.cause(), assembled));
            case AssemblyEvent.ImageAssemblyFailed failed -> {}
            case AssemblyEvent.PolicyDecided decided -> {}
        }
    }

    /** Staging again does no harm, so it goes on while the log tells whether this build is further already. */
    private Fact next(Cause cause, AssemblyEvent.ImageAssembled assembled) {
        MoveTerms terms = MoveTerms.of(assembled);
        PublishPlan plan;
        try {
            plan = FromEvents.plan(terms, assembled.plan().request().tags());
        } catch (IllegalArgumentException e) {
            return ToEvents.invalid(assembled.buildId(), e);
        }
        if (deadline.hasPassed(terms.deadline())) {
            return refused(terms, plan, Deadline.failure(terms.deadline()));
        }
        Optional<TargetFailure> refusal = access.refusal(cause, AccessCheck.REQUEST, terms.wish(plan.targets()));
        if (refusal.isPresent()) {
            return refused(terms, plan, refusal.get());
        }
        StagingOutcome outcome = parallel.alongside(() -> stageImage.stage(plan), log::readToEnd);
        return log.said(assembled.buildId()).orElseGet(() -> next(terms, outcome));
    }

    private Fact next(MoveTerms terms, StagingOutcome outcome) {
        return switch (outcome) {
            case StagingOutcome.Staged staged -> {
                StagingSpan.describe(staged);
                yield terms.move(staged);
            }
            case StagingOutcome.NotStaged notStaged -> notStaged(terms.buildId(), notStaged);
        };
    }

    private Fact refused(MoveTerms terms, PublishPlan plan, TargetFailure why) {
        List<TargetResult> untouched = plan.targets().stream()
                .map(target -> TargetResult.untouched(target, Optional.empty(), Optional.empty()))
                .toList();
        return notStaged(
                terms.buildId(), new StagingOutcome.NotStaged(new PublishOutcome.Failed(List.of(why), untouched)));
    }

    private Fact notStaged(String buildId, StagingOutcome.NotStaged notStaged) {
        StagingSpan.describe(notStaged);
        log.readToEnd();
        return log.said(buildId).orElseGet(() -> ToEvents.failed(buildId, notStaged.outcome()));
    }

    @Override
    public List<Fact> givenUp(Received<AssemblyEvent> received, RuntimeException last) {
        return switch (received.event()) {
            case AssemblyEvent.ImageAssembled assembled -> {
                log.readToEnd();
                yield List.of(
                        log.said(assembled.buildId()).orElseGet(() -> ToEvents.notStaged(assembled.buildId(), last)));
            }
            case AssemblyEvent.ImageAssemblyFailed failed -> List.of();
            case AssemblyEvent.PolicyDecided decided -> List.of();
        };
    }
}
