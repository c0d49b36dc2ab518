package dev.slipway.build.kafka.worker;

import dev.slipway.build.BuildException;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.kafka.Descriptors;
import dev.slipway.build.kafka.Failures;
import dev.slipway.build.work.BuildPlatform;
import dev.slipway.build.work.PlatformResult;
import dev.slipway.build.work.TimeLimit;
import dev.slipway.events.AssignmentEvent;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.model.ContextUse;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Descriptor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds what was assigned to this worker, and says how it went. */
public final class BuildStage implements Stage<AssignmentEvent> {
    private final BuildPlatform builder;
    private final EventPublisher publisher;
    private final StepSpans steps;
    private final KeptLogs logs;
    private final TimeLimit timeLimit;
    private final Clock clock;

    public BuildStage(
            BuildPlatform builder,
            EventPublisher publisher,
            StepSpans steps,
            KeptLogs logs,
            TimeLimit timeLimit,
            Clock clock) {
        this.builder = builder;
        this.publisher = publisher;
        this.steps = steps;
        this.logs = logs;
        this.timeLimit = timeLimit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "build platform";
    }

    @Override
    public Class<AssignmentEvent> events() {
        return AssignmentEvent.class;
    }

    @Override
    public void handle(Received<AssignmentEvent> received) {
        switch (received.event()) {
            case PlatformBuildAssigned assigned -> build(received, assigned);
            case PlatformBuildRevoked ignored -> {}
        }
    }

    @Override
    public List<Fact> givenUp(Received<AssignmentEvent> received, RuntimeException last) {
        return switch (received.event()) {
            case PlatformBuildAssigned assigned -> List.of(failed(assigned, Failures.of(last), Optional.empty()));
            case PlatformBuildRevoked ignored -> List.of();
        };
    }

    private void build(Received<AssignmentEvent> received, PlatformBuildAssigned assigned) {
        describe(Span.current(), assigned);
        Instant startedAt = clock.instant();
        EventPublisher.Acknowledgement started = publisher.begin(
                received.cause(),
                new PlatformBuildStarted(
                        assigned.buildId(),
                        assigned.platform(),
                        assigned.attempt(),
                        assigned.worker(),
                        assigned.plan().builder(),
                        assigned.emulated()));
        PlatformBuildTask task = AssignmentTranslation.toTask(
                assigned, received.envelope().trace().traceId());
        try (KeptLog log = logs.begin(assigned)) {
            try {
                PlatformResult result = build(received.cause(), assigned, task, log);
                started.await();
                publisher.publish(received.cause(), built(assigned, result, startedAt, log.keep()));
            } catch (TimeLimit.ExceededException e) {
                String message = "building %s took longer than the request's timeout of %s"
                        .formatted(
                                assigned.platform(), assigned.plan().request().timeout());
                Failure failure = new Failure(FailureCode.DEADLINE_EXCEEDED, message, assigned.platform(), false);
                fail(received, assigned, failure, log.keep());
            } catch (BuildException e) {
                if (e.retryable() || e.reason() == BuildException.Reason.BUILD_CANCELLED) {
                    throw e;
                }
                fail(received, assigned, Failures.of(e), log.keep());
            }
        }
    }

    private PlatformResult build(Cause cause, PlatformBuildAssigned assigned, PlatformBuildTask task, KeptLog log) {
        try (BuildLogs output = new BuildLogs(publisher, cause, assigned, log)) {
            return timeLimit.within(
                    assigned.plan().request().timeout(),
                    () -> builder.build(
                            task,
                            assigned.plan().builder(),
                            AssignmentTranslation.toOrder(assigned.plan()),
                            output.before(steps.observer())));
        }
    }

    private static void describe(Span span, PlatformBuildAssigned assigned) {
        span.setAttribute("slipway.platform", assigned.platform())
                .setAttribute("slipway.attempt", assigned.attempt())
                .setAttribute("slipway.epoch", assigned.epoch())
                .setAttribute("slipway.worker", assigned.worker())
                .setAttribute("slipway.builder", assigned.plan().builder())
                .setAttribute("slipway.emulated", assigned.emulated());
    }

    private void fail(
            Received<AssignmentEvent> received,
            PlatformBuildAssigned assigned,
            Failure failure,
            Optional<Descriptor> log) {
        Span.current()
                .setStatus(StatusCode.ERROR, failure.message())
                .setAttribute("error.type", failure.code().name());
        publisher.publish(received.cause(), failed(assigned, failure, log));
    }

    private static PlatformBuildFailed failed(
            PlatformBuildAssigned assigned, Failure failure, Optional<Descriptor> log) {
        return new PlatformBuildFailed(
                assigned.buildId(),
                assigned.platform(),
                assigned.attempt(),
                assigned.worker(),
                failure,
                log.map(Descriptors::toEvent).orElse(null));
    }

    private PlatformBuilt built(
            PlatformBuildAssigned assigned, PlatformResult result, Instant startedAt, Optional<Descriptor> log) {
        return switch (result) {
            case PlatformResult.Found(Descriptor manifest, List<Descriptor> referrers) -> {
                Span.current().setAttribute("slipway.reused", true);
                yield built(assigned, image(assigned, manifest, referrers), true, startedAt, null, log);
            }
            case PlatformResult.Built(var image) -> {
                Span.current()
                        .setAttribute("slipway.reused", false)
                        .setAttribute("slipway.layers.built", image.layersBuilt())
                        .setAttribute("slipway.layers.reused", image.layersReused());
                ContextUse context = new ContextUse(image.contextTotalBytes(), image.contextPackedBytes());
                yield built(
                        assigned,
                        image(assigned, image.descriptor(), image.referrers()),
                        false,
                        startedAt,
                        context,
                        log);
            }
        };
    }

    private PlatformBuilt built(
            PlatformBuildAssigned assigned,
            PlatformImage image,
            boolean reused,
            Instant startedAt,
            @Nullable ContextUse context,
            Optional<Descriptor> log) {
        return new PlatformBuilt(
                assigned.buildId(),
                assigned.attempt(),
                image,
                assigned.worker(),
                assigned.plan().builder(),
                assigned.emulated(),
                reused,
                startedAt,
                clock.instant(),
                context,
                log.map(Descriptors::toEvent).orElse(null));
    }

    private static PlatformImage image(
            PlatformBuildAssigned assigned, Descriptor manifest, List<Descriptor> referrers) {
        @Nullable
        String osVersion = manifest.optionalPlatform()
                .map(platform -> platform.osVersion())
                .orElse(null);
        return new PlatformImage(
                assigned.platform(),
                osVersion,
                Descriptors.toEvent(manifest),
                referrers.stream().map(Descriptors::toEvent).toList());
    }
}
