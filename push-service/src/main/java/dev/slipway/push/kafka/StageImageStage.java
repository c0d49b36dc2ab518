package dev.slipway.push.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.Traffic;
import dev.slipway.push.staging.StageImage;
import dev.slipway.push.staging.StagingOutcome;
import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Work;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Optional;

/** Assembled images become requests to move tags, or failed publishes. */
public final class StageImageStage implements Stage<AssemblyEvent> {
    private final StageImage stageImage;
    private final PublishLog log;
    private final EventPublisher publisher;
    private final Parallel parallel;
    private final Deadline deadline;

    public StageImageStage(StageImage stageImage, PublishLog log, EventPublisher publisher, Work work) {
        this.stageImage = stageImage;
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
            case AssemblyEvent.ImageAssembled assembled -> publisher.publish(received.cause(), next(assembled));
            case AssemblyEvent.ImageAssemblyFailed failed -> {}
            case AssemblyEvent.PolicyDecided decided -> {}
        }
    }

    /** Staging again does no harm, so it goes on while the log tells whether this build is further already. */
    private Fact next(AssemblyEvent.ImageAssembled assembled) {
        PublishPlan plan;
        try {
            plan = FromEvents.plan(assembled);
        } catch (IllegalArgumentException e) {
            return ToEvents.invalid(assembled.buildId(), e);
        }
        if (deadline.hasPassed(assembled.plan())) {
            return late(assembled, plan);
        }
        StagingOutcome outcome = parallel.alongside(() -> stageImage.stage(plan), log::readToEnd);
        return earlier(assembled.buildId()).orElseGet(() -> switch (outcome) {
            case StagingOutcome.Staged staged -> staged(assembled, staged);
            case StagingOutcome.NotStaged notStaged -> notStaged(assembled, notStaged);
        });
    }

    private Fact late(AssemblyEvent.ImageAssembled assembled, PublishPlan plan) {
        TargetFailure why = deadline.failure(assembled.plan());
        List<TargetResult> untouched = plan.targets().stream()
                .map(target -> TargetResult.untouched(target, Optional.empty(), Optional.empty()))
                .toList();
        return notStaged(assembled, new StagingOutcome.NotStaged(new PublishOutcome.Failed(List.of(why), untouched)));
    }

    /** What was said of this build before is said again, whatever staging came to this time. */
    private Optional<Fact> earlier(String buildId) {
        return log.outcome(buildId).<Fact>map(event -> event).or(() -> log.request(buildId));
    }

    private static TagMoveEvent staged(AssemblyEvent.ImageAssembled assembled, StagingOutcome.Staged staged) {
        Traffic traffic = staged.targets().stream().map(StagedTarget::traffic).reduce(Traffic.NONE, Traffic::plus);
        Span.current()
                .setAttribute("slipway.publish.targets", staged.targets().size())
                .setAttribute(
                        "slipway.publish.targets_left_out", staged.leftOut().size())
                .setAttribute("slipway.publish.bytes_sent", traffic.bytesSent())
                .setAttribute("slipway.publish.bytes_mounted", traffic.bytesMounted())
                .setAttribute("slipway.publish.requests", traffic.requests());
        return ToEvents.move(assembled, staged);
    }

    private Fact notStaged(AssemblyEvent.ImageAssembled assembled, StagingOutcome.NotStaged notStaged) {
        PublishEvent failed = ToEvents.failed(assembled.buildId(), notStaged.outcome());
        Span.current()
                .setStatus(
                        StatusCode.ERROR,
                        notStaged.outcome().failures().getFirst().message());
        log.readToEnd();
        return earlier(assembled.buildId()).orElse(failed);
    }

    @Override
    public List<Fact> givenUp(Received<AssemblyEvent> received, RuntimeException last) {
        return switch (received.event()) {
            case AssemblyEvent.ImageAssembled assembled -> {
                log.readToEnd();
                yield List.of(earlier(assembled.buildId()).orElseGet(() -> internalError(assembled, last)));
            }
            case AssemblyEvent.ImageAssemblyFailed failed -> List.of();
            case AssemblyEvent.PolicyDecided decided -> List.of();
        };
    }

    private static PublishEvent internalError(AssemblyEvent.ImageAssembled assembled, RuntimeException last) {
        Failure failure = new Failure(
                FailureCode.INTERNAL_ERROR, "the image could not be staged: " + last.getMessage(), null, true);
        return new PublishEvent.ImagePublishFailed(assembled.buildId(), List.of(failure), List.of());
    }
}
