package dev.slipway.build.kafka.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.kafka.Descriptors;
import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.Run;
import dev.slipway.build.work.AttestationOrder;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.RunningBuild;
import dev.slipway.events.model.Source;
import dev.slipway.kit.events.EventJson;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Between assignments of the contract and what a worker does. */
final class AssignmentTranslation {
    private AssignmentTranslation() {}

    static Run toRun(PlatformBuildAssigned assigned) {
        return new Run(new BuildKey(assigned.buildId(), assigned.platform()), assigned.attempt(), assigned.epoch());
    }

    static List<RunningBuild> toEvent(List<Run> runs) {
        return runs.stream()
                .map(run -> new RunningBuild(run.key().buildId(), run.key().platform(), run.attempt(), run.epoch()))
                .toList();
    }

    static PlatformBuildTask toTask(PlatformBuildAssigned assigned, String traceId) {
        return new PlatformBuildTask(
                assigned.buildId(), Platform.parse(assigned.platform()), toInputs(assigned.plan(), traceId));
    }

    static AttestationOrder toOrder(BuildPlan plan) {
        BuildRequested request = plan.request();
        return new AttestationOrder(
                request.sbom(),
                request.provenance()
                        ? Optional.of(new AttestationOrder.Provenance(
                                json(request),
                                plan.tenant(),
                                plan.builder(),
                                request.mode().name().toLowerCase(Locale.ROOT)))
                        : Optional.empty());
    }

    private static String json(BuildRequested request) {
        try {
            return EventJson.mapper().writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written as JSON", e);
        }
    }

    private static BuildInputs toInputs(BuildPlan plan, String traceId) {
        BuildRequested request = plan.request();
        Source.Artifact source = artifact(request.source());
        Map<String, Reference.Digested> bases = new LinkedHashMap<>();
        plan.bases().forEach((name, reference) -> bases.put(name, digested(reference)));
        return new BuildInputs(
                Descriptors.toOci(source.descriptor()),
                request.file(),
                request.target(),
                request.buildArgs(),
                bases,
                plan.labels(),
                request.annotations(),
                plan.requestedAt(),
                request.reproducible(),
                request.noCache(),
                new BuildInputs.Resources(request.cacheFrom(), request.cacheTo(), request.secrets(), request.ssh()),
                new BuildInputs.Origin(source.revision(), source.revisionSource(), traceId));
    }

    private static Source.Artifact artifact(Source source) {
        return switch (source) {
            case Source.Artifact artifact -> artifact;
            case Source.Git ignored -> throw unsupported("source.git");
            case Source.Archive ignored -> throw unsupported("source.archive");
        };
    }

    private static BuildException unsupported(String option) {
        return BuildException.permanent(
                Reason.OPTION_UNSUPPORTED, "the plan has '%s', which this version does not support".formatted(option));
    }

    private static Reference.Digested digested(String base) {
        return switch (Reference.parse(base)) {
            case Reference.Digested reference -> reference;
            case Reference.Tagged tagged ->
                throw BuildException.permanent(
                        Reason.REFERENCE_INVALID, "base image '%s' of the plan has no digest".formatted(tagged));
        };
    }
}
