package dev.slipway.build.kafka.planner;

import dev.slipway.build.Capability;
import dev.slipway.build.Requirement;
import dev.slipway.build.kafka.Descriptors;
import dev.slipway.build.kafka.Failures;
import dev.slipway.build.plan.BuildRequest;
import dev.slipway.build.plan.PlanOutcome;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.Source;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.Received;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between requests and plans of the contract and those of the core. */
public final class RequestTranslation {
    private static final String PLANNER = "planner";

    private final RepositoryName staging;
    private final boolean signing;

    /**
     * Makes a translation for one staging repository.
     *
     * @param signing whether the manifest service has a key
     */
    public RequestTranslation(RepositoryName staging, boolean signing) {
        this.staging = staging;
        this.signing = signing;
    }

    BuildRequest toRequest(String buildId, BuildRequested request) {
        return new BuildRequest(
                buildId,
                context(request.source()),
                request.file(),
                request.target(),
                request.platforms(),
                request.optionalPlatforms(),
                request.buildArgs(),
                request.tags(),
                request.timeout(),
                request.deadline(),
                new WantedWorker(request.pool(), request.workerLabels()),
                requirements(request),
                unsupported(request));
    }

    /** The join decides whether it comes in time, since it reads the same log as the results. */
    BuildCancelReceived toFact(Received<RequestEvent> received, BuildCancelRequested cancel) {
        String why = cancel.reason() == null || cancel.reason().isBlank() ? "on request" : cancel.reason();
        return new BuildCancelReceived(
                cancel.buildId(),
                EventReader.tenant(received),
                cancel.requester() == null ? why : "%s (%s)".formatted(why, cancel.requester()));
    }

    PlanDocument toDocument(Received<RequestEvent> received, BuildRequested request, PlanOutcome.Planned planned) {
        Instant requestedAt = received.envelope().time();
        Map<String, String> bases = new LinkedHashMap<>();
        planned.bases().forEach((name, reference) -> bases.put(name, reference.toString()));
        BuildPlan plan = new BuildPlan(
                request, requestedAt, EventReader.tenant(received), planned.builder(), bases, request.labels());
        BuildPlanned fact = new BuildPlanned(
                received.buildId(),
                names(planned.platforms()),
                names(planned.optionalPlatforms()),
                requestedAt.plus(request.deadline()),
                plan);
        List<PlatformBuildFailed> failed = new ArrayList<>();
        planned.unavailable()
                .forEach((platform, why) -> failed.add(new PlatformBuildFailed(
                        received.buildId(), platform.name(), 1, PLANNER, Failures.of(why), null)));
        return new PlanDocument(fact, failed);
    }

    private static List<String> names(List<Platform> platforms) {
        return platforms.stream().map(Platform::name).toList();
    }

    private @Nullable Descriptor context(Source source) {
        return source instanceof Source.Artifact artifact && isStaged(artifact) && hasKnownDigest(artifact)
                ? Descriptors.toOci(artifact.descriptor())
                : null;
    }

    private boolean isStaged(Source.Artifact artifact) {
        return artifact.repository() == null || artifact.repository().equals(staging.toString());
    }

    private static boolean hasKnownDigest(Source.Artifact artifact) {
        return Digest.isDigest(artifact.descriptor().digest());
    }

    private List<String> unsupported(BuildRequested request) {
        List<String> names = new ArrayList<>();
        switch (request.source()) {
            case Source.Git ignored -> names.add("source.git");
            case Source.Archive ignored -> names.add("source.archive");
            case Source.Artifact artifact -> {
                addIf(!isStaged(artifact), "source.artifact.repository", names);
                addIf(!hasKnownDigest(artifact), "source.artifact.descriptor.digest", names);
            }
        }
        addIf(request.sign() && !signing, "sign", names);
        addIf(request.mode() != BuildMode.RELEASE, "mode", names);
        WarmupSpec warmup = request.warmup();
        addIf(warmup != null && warmup.canary(), "warmup.canary", names);
        addIf(warmup != null && warmup.keep() != null, "warmup.keep", names);
        return names;
    }

    private static List<Requirement> requirements(BuildRequested request) {
        List<String> names = new ArrayList<>();
        addIf(!request.secrets().isEmpty(), "secrets", names);
        addIf(!request.ssh().isEmpty(), "ssh", names);
        addIf(!request.cacheFrom().isEmpty(), "cacheFrom", names);
        addIf(!request.cacheTo().isEmpty(), "cacheTo", names);
        return names.stream()
                .map(name -> new Requirement(
                        "the request asks for '%s', which the embedded builder does not have; builders that have: %s"
                                .formatted(name, Capability.PROGRAMS),
                        Capability.PROGRAMS))
                .toList();
    }

    private static void addIf(boolean asked, String name, List<String> names) {
        if (asked) {
            names.add(name);
        }
    }
}
