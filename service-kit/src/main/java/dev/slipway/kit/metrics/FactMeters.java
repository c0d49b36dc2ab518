package dev.slipway.kit.metrics;

import dev.slipway.events.AccessEvent;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyEvent.PolicyDecided;
import dev.slipway.events.AssemblyReadyEvent;
import dev.slipway.events.AssignmentEvent;
import dev.slipway.events.Fact;
import dev.slipway.events.JournalEvent;
import dev.slipway.events.LogEvent;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuildWaiting;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.QueueEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagStateEvent;
import dev.slipway.events.WarmSetEvent;
import dev.slipway.events.WarmupEvent.ImageEvicted;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.PullPolicyDecided;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.WarmupEvent.WarmupProgressed;
import dev.slipway.events.WarmupEvent.WarmupStarted;
import dev.slipway.events.WorkerEvent;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.WarmupNumbers;
import dev.slipway.kit.events.WrittenEvents;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts by the facts that this process states: they say all there is to say of results. */
public final class FactMeters implements WrittenEvents {
    private final Meters meters;

    public FactMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void deadLetter(String topic) {
        meters.deadLetter(topic);
    }

    @Override
    public void replayed() {
        meters.replayed();
    }

    @Override
    public void fact(Fact fact) {
        switch (fact) {
            case BuildRejected rejected -> ended("rejected", rejected.failures());
            case BuildCancelled cancelled -> ended("cancelled", List.of());
            case ImageAssemblyFailed failed -> ended("assembly-failed", failed.failures());
            case PublishEvent published -> published(published);
            case PlatformBuilt built -> built(built);
            case PlatformBuildFailed failed -> {
                meters.platformEnded(failed.platform(), "unknown", "failed");
                failures(List.of(failed.failure()));
            }
            case PolicyDecided decided -> meters.policyDecided(label(decided.decision()));
            case ImageWarmed warmed -> warmed(warmed);
            case WarmupFailed failed -> {
                meters.warmupEnded(failed.cluster(), "failed");
                failures(failed.failures());
            }
            // plans, orders, notes between processes: no results
            case AccessEvent _,
                    ImageAssembled _,
                    BuildPlanned _,
                    PlatformBuildWaiting _,
                    PlatformBuildStarted _,
                    BuildCancelReceived _,
                    BuildDeadlinePassed _,
                    AssemblyReadyEvent _,
                    AssignmentEvent _,
                    JournalEvent _,
                    LogEvent _,
                    QueueEvent _,
                    TagMoveEvent _,
                    TagStateEvent _,
                    WarmSetEvent _,
                    WarmupStarted _,
                    WarmupProgressed _,
                    ImageEvicted _,
                    PullPolicyDecided _,
                    WorkerEvent _ -> {}
        }
    }

    private void published(PublishEvent event) {
        switch (event) {
            case ImagePublished published -> {
                ended("published", List.of());
                meters.publishWindow(published.window());
                tags(published.targets());
            }
            case ImagePublishFailed failed -> {
                ended("publish-failed", failed.failures());
                tags(failed.targets());
            }
            case ImageSuperseded superseded -> {
                ended("superseded", List.of());
                tags(superseded.targets());
            }
            case ImageRolledBack back -> {
                ended("rolled-back", List.of());
                meters.publishWindow(back.window());
                tags(back.targets());
            }
        }
    }

    private void built(PlatformBuilt built) {
        meters.platformEnded(built.image().platform(), built.builder(), built.reused() ? "reused" : "built");
        if (!built.reused()) {
            meters.platformBuilt(
                    built.builder(), built.emulated(), Duration.between(built.startedAt(), built.finishedAt()));
        }
    }

    private void warmed(ImageWarmed warmed) {
        meters.warmupEnded(warmed.cluster(), label(warmed.outcome()));
        Double coverage = warmed.coverage();
        if (coverage != null) {
            meters.coverage(warmed.cluster(), coverage);
        }
        WarmupNumbers numbers = warmed.numbers();
        if (numbers != null) {
            meters.nodesWarmed(warmed.cluster(), "warm", numbers.warm());
            meters.nodesWarmed(warmed.cluster(), "lazy", numbers.lazy());
            meters.nodesWarmed(warmed.cluster(), "failed", sum(numbers.failed()));
            meters.nodesWarmed(warmed.cluster(), "skipped", sum(numbers.skipped()));
        }
    }

    private static int sum(Map<String, Integer> nodes) {
        return nodes.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void tags(List<TargetOutcome> targets) {
        targets.forEach(target -> meters.tag(label(target.state())));
    }

    private void ended(String result, List<Failure> failures) {
        meters.requestEnded(result);
        failures(failures);
    }

    private void failures(List<Failure> failures) {
        failures.forEach(failure -> meters.failure(failure.code().name()));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
