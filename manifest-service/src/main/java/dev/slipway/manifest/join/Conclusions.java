package dev.slipway.manifest.join;

import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.QueueEvent.PlatformBuildCancelled;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.manifest.JoinState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the join says once a build is decided: the same log always gives the same facts. */
final class Conclusions {
    private Conclusions() {}

    static List<Fact> of(String buildId, JoinLog log) {
        return switch (log.state()) {
            case JoinState.Collecting<KeptFact> collecting -> List.of();
            case JoinState.Ready<KeptFact> ready ->
                and(ready(buildId, ready), buildId, ready, "the deadline has passed without it, and it is optional");
            case JoinState.Failed<KeptFact> failed ->
                and(failed(buildId, failed), buildId, failed, "another platform of the build has failed");
            case JoinState.Expired<KeptFact> expired ->
                and(expired(buildId, expired), buildId, expired, "the deadline of the build has passed");
            case JoinState.Cancelled<KeptFact> cancelled ->
                and(
                        new BuildCancelled(buildId, reason(log, cancelled.tenant())),
                        buildId,
                        cancelled,
                        "the build was cancelled");
            case JoinState.Ended<KeptFact> ended -> cancelled(buildId, ended, why(log));
        };
    }

    private static Fact ready(String buildId, JoinState.Ready<KeptFact> ready) {
        List<PlatformImage> images = new ArrayList<>();
        List<String> traceparents = new ArrayList<>();
        for (KeptFact result : ready.results()) {
            if (result instanceof KeptFact.Built built) {
                images.add(built.image());
                Optional.ofNullable(built.hop()).ifPresent(traceparents::add);
            }
        }
        return new ImageAssemblyReady(
                buildId, planned(ready.plan()).event().plan(), images, ready.missing(), traceparents);
    }

    private static Fact failed(String buildId, JoinState.Failed<KeptFact> failed) {
        List<Failure> failures = new ArrayList<>();
        for (KeptFact fact : failed.failures()) {
            if (fact instanceof KeptFact.Failed platform) {
                failures.add(concerning(platform.platform(), platform.failure()));
            }
        }
        return new ImageAssemblyFailed(buildId, failures);
    }

    private static Failure concerning(String platform, Failure failure) {
        return failure.concerns() != null
                ? failure
                : new Failure(failure.code(), failure.message(), platform, failure.retryable());
    }

    private static Fact expired(String buildId, JoinState.Expired<KeptFact> expired) {
        Instant deadline = planned(expired.plan()).event().deadline();
        return new ImageAssemblyFailed(
                buildId,
                expired.missing().stream()
                        .map(platform -> new Failure(
                                FailureCode.DEADLINE_EXCEEDED,
                                "no result for %s had come by the deadline %s".formatted(platform, deadline),
                                platform,
                                true))
                        .toList());
    }

    private static List<Fact> and(Fact first, String buildId, JoinState.Decided<KeptFact> decided, String why) {
        List<Fact> facts = new ArrayList<>(List.of(first));
        facts.addAll(cancelled(buildId, decided, why));
        return facts;
    }

    private static List<Fact> cancelled(String buildId, JoinState.Decided<KeptFact> decided, String why) {
        return decided.abandoned().stream()
                .<Fact>map(platform -> new PlatformBuildCancelled(buildId, platform, why))
                .toList();
    }

    /** The first that the tenant gave. */
    private static String reason(JoinLog log, String tenant) {
        for (KeptFact fact : log.facts()) {
            if (fact instanceof KeptFact.CancelWanted wanted && wanted.tenant().equals(tenant)) {
                return wanted.reason();
            }
        }
        throw new IllegalStateException("a build was cancelled without a fact that says so");
    }

    private static String why(JoinLog log) {
        for (KeptFact fact : log.facts()) {
            if (fact instanceof KeptFact.Ended ended) {
                return ended.why();
            }
        }
        throw new IllegalStateException("a build has ended without a fact that says so");
    }

    private static KeptFact.Planned planned(KeptFact plan) {
        if (plan instanceof KeptFact.Planned planned) {
            return planned;
        }
        throw new IllegalStateException("not a plan: " + plan);
    }
}
