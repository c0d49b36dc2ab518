package dev.slipway.gateway.kafka;

import dev.slipway.events.AccessEvent.AccessDecided;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyEvent.PolicyDecided;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.events.Event;
import dev.slipway.events.JournalEvent.ImagePublishPrepared;
import dev.slipway.events.LogEvent.BuildLogged;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuildWaiting;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.QueueEvent.PlatformBuildCancelled;
import dev.slipway.events.QueueEvent.PlatformBuildQueued;
import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.RequestEvent.IndexChangeRequested;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.TagMoveEvent.TagMoveRequested;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.WarmupEvent.ImageEvicted;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.PullPolicyDecided;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.WarmupEvent.WarmupProgressed;
import dev.slipway.events.WarmupEvent.WarmupStarted;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.gateway.builds.BuildChange;
import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildChange.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What events mean for the state of a build, in the core's words. */
final class BuildChanges {
    private BuildChanges() {}

    static Optional<BuildChange> of(Event event) {
        return Optional.ofNullable(change(event));
    }

    private static @Nullable BuildChange change(Event event) {
        return switch (event) {
            case BuildRequested e ->
                new BuildChange.Requested(
                        e.tags(),
                        e.warmup() == null ? List.of() : e.warmup().clusters(),
                        Optional.ofNullable(e.requester()));
            case IndexChangeRequested e ->
                new BuildChange.Requested(
                        e.tags().isEmpty() ? List.of(e.reference()) : e.tags(),
                        List.of(),
                        Optional.ofNullable(e.requester()));
            case RollbackRequested e ->
                new BuildChange.Requested(List.of(e.reference()), List.of(), Optional.ofNullable(e.requester()));
            case CopyRequested e ->
                new BuildChange.Requested(e.targets(), List.of(), Optional.ofNullable(e.requester()));
            case WarmupRequested e ->
                new BuildChange.WarmupRequested(
                        e.reference(), e.warmup().clusters(), Optional.ofNullable(e.requester()));
            case BuildPlanned e -> new BuildChange.Planned(e.platforms(), e.optionalPlatforms());
            case BuildRejected e -> new BuildChange.Rejected(problems(e.failures()));
            case PlatformBuildCancelled e -> new BuildChange.PlatformCancelled(e.platform());
            case BuildCancelled e -> new BuildChange.Cancelled(e.reason());
            case PlatformBuildAssigned e ->
                new BuildChange.Assigned(e.platform(), e.attempt(), e.worker(), e.emulated());
            case PlatformBuildStarted e -> new BuildChange.Started(e.platform(), e.attempt(), e.worker(), e.emulated());
            case PlatformBuilt e ->
                new BuildChange.Built(
                        e.image().platform(),
                        e.attempt(),
                        e.worker(),
                        e.emulated(),
                        e.reused(),
                        e.image().manifest().digest(),
                        e.startedAt(),
                        e.finishedAt());
            case PlatformBuildFailed e ->
                new BuildChange.PlatformFailed(e.platform(), e.attempt(), e.worker(), problem(e.failure()));
            case ImageAssemblyReady e -> new BuildChange.AssemblyReady(e.missingPlatforms());
            case ImageAssembled e -> new BuildChange.Assembled(e.index().digest());
            case ImageAssemblyFailed e -> new BuildChange.AssemblyFailed(problems(e.failures()));
            case TagMoveRequested e -> new BuildChange.Staged();
            case ImagePublished e -> new BuildChange.Published(e.index().digest(), targets(e.targets()));
            case ImagePublishFailed e -> new BuildChange.PublishFailed(problems(e.failures()), targets(e.targets()));
            case ImageSuperseded e -> new BuildChange.Superseded(e.supersededBy(), targets(e.targets()));
            case ImageRolledBack e -> new BuildChange.RolledBack(e.index().digest(), targets(e.targets()));
            case WarmupStarted e -> new BuildChange.WarmupStarted(e.cluster());
            case ImageWarmed e ->
                new BuildChange.Warmed(e.cluster(), e.outcome().name());
            case WarmupFailed e -> new BuildChange.WarmupFailed(e.cluster(), problems(e.failures()));
            // the other types say nothing that the state shows
            case BuildCancelRequested _ -> null;
            case BuildCancelReceived _, PlatformBuildQueued _, PlatformBuildRevoked _, WorkerStatus _, BuildLogged _ ->
                null;
            case PlatformBuildWaiting _, BuildDeadlinePassed _, PolicyDecided _, AccessDecided _ -> null;
            case ImagePublishPrepared _, TagMoved _ -> null;
            case WarmupProgressed _, ImageEvicted _, PullPolicyDecided _, WarmSetChanged _ -> null;
        };
    }

    private static List<Problem> problems(List<Failure> failures) {
        return failures.stream().map(BuildChanges::problem).toList();
    }

    private static Problem problem(Failure failure) {
        return new Problem(
                failure.code().name(), failure.message(), Optional.ofNullable(failure.concerns()), failure.retryable());
    }

    private static List<Target> targets(List<TargetOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> new Target(
                        outcome.reference(),
                        outcome.state().name(),
                        Optional.ofNullable(outcome.digest()),
                        Optional.ofNullable(outcome.previousDigest()),
                        Optional.ofNullable(outcome.failure()).map(BuildChanges::problem)))
                .toList();
    }
}
