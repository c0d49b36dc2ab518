package dev.slipway.build.plan;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.DockerfileInspector.Findings;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.Requirement;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decides whether and from what a request can be built. Finds as many violations as it can in one go, so that nobody has to
 * mend a request one error at a time.
 */
public final class PlanBuild {
    private final BuildContexts contexts;
    private final DockerfileInspector dockerfiles;
    private final BaseImages bases;
    private final ChooseBuilder builders;

    public PlanBuild(
            BuildContexts contexts,
            DockerfileInspector dockerfiles,
            ImageRepositories images,
            OfferedBuilders fleet,
            AllowedFrontends frontends) {
        this.contexts = contexts;
        this.dockerfiles = dockerfiles;
        this.bases = new BaseImages(images);
        this.builders = new ChooseBuilder(fleet, frontends);
    }

    /**
     * Plans.
     *
     * @throws StoreException where staging is down: that is no fault of the request
     */
    public PlanOutcome plan(BuildRequest request) {
        List<Violation> violations = new ArrayList<>();
        checkOptions(request, violations);
        checkTags(request, violations);
        RequestedPlatforms platforms = RequestedPlatforms.of(request, violations);
        Optional<Findings> findings = inspect(request, platforms, violations);
        Bases resolved = findings.map(found -> resolve(found, platforms, violations))
                .orElseGet(() -> new Bases(Map.of(), Map.of()));
        if (!violations.isEmpty() || findings.isEmpty()) {
            return new PlanOutcome.Rejected(violations);
        }
        Optional<ChooseBuilder.Choice> choice = builders.choose(
                request.worker(),
                requirements(request, findings.get()),
                findings.get().syntax(),
                platforms,
                violations);
        if (choice.isEmpty()) {
            return new PlanOutcome.Rejected(violations);
        }
        Map<Platform, Violation> unavailable = new LinkedHashMap<>(resolved.unavailable());
        choice.get().unavailable().forEach(unavailable::putIfAbsent);
        return new PlanOutcome.Planned(
                platforms.required(),
                platforms.optional(),
                unavailable,
                choice.get().builder(),
                resolved.references(),
                findings.get().warnings());
    }

    private static Set<Requirement> requirements(BuildRequest request, Findings findings) {
        Set<Requirement> all = new LinkedHashSet<>(findings.requirements());
        all.addAll(request.requirements());
        return all;
    }

    private record Bases(Map<String, Reference.Digested> references, Map<Platform, Violation> unavailable) {}

    private static void checkOptions(BuildRequest request, List<Violation> violations) {
        for (String option : request.unsupported()) {
            violations.add(Violation.about(
                    option,
                    Reason.OPTION_UNSUPPORTED,
                    option.equals("sign")
                            ? "the request asks for 'sign', and no signing key is configured"
                            : "the request asks for '%s', which this version does not support".formatted(option)));
        }
        if (!request.timeout().isPositive()) {
            violations.add(Violation.of(
                    Reason.REQUEST_INVALID, "timeout must be positive, and is %s".formatted(request.timeout())));
        }
        if (!request.deadline().isPositive()) {
            violations.add(Violation.of(
                    Reason.REQUEST_INVALID, "deadline must be positive, and is %s".formatted(request.deadline())));
        }
    }

    private static void checkTags(BuildRequest request, List<Violation> violations) {
        if (request.tags().isEmpty()) {
            violations.add(Violation.of(
                    Reason.REQUEST_INVALID, "the request names no tag; wanted is at least one full reference"));
        }
        for (String tag : request.tags()) {
            try {
                Reference.parseTagged(tag);
            } catch (IllegalArgumentException e) {
                violations.add(Violation.about(tag, Reason.REFERENCE_INVALID, "tags: %s".formatted(e.getMessage())));
            }
        }
    }

    private Optional<Findings> inspect(BuildRequest request, RequestedPlatforms platforms, List<Violation> violations) {
        if (request.context() == null) {
            return Optional.empty();
        }
        try {
            byte[] dockerfile = contexts.dockerfile(request.context(), request.file());
            return Optional.of(dockerfiles.inspect(
                    dockerfile,
                    new DockerfileInspector.Options(
                            request.file(), platforms.all(), request.target(), request.buildArgs())));
        } catch (BuildException e) {
            violations.add(Violation.of(e));
        } catch (StoreException e) {
            if (e.retryable()) {
                throw e;
            }
            violations.add(Violation.of(e, Reason.CONTEXT_UNAVAILABLE));
        }
        return Optional.empty();
    }

    /** Asks all registries at once. */
    private Bases resolve(Findings findings, RequestedPlatforms platforms, List<Violation> violations) {
        Map<String, Set<Platform>> wanted = new LinkedHashMap<>();
        findings.bases()
                .forEach((platform, names) -> names.forEach(name ->
                        wanted.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(platform)));
        Map<String, Future<BaseImages.Resolution>> answers = new LinkedHashMap<>();
        try (var lookups = Executors.newVirtualThreadPerTaskExecutor()) {
            wanted.forEach((name, on) -> answers.put(name, lookups.submit(() -> bases.resolve(name, on))));
        }
        Map<String, Reference.Digested> references = new LinkedHashMap<>();
        Map<Platform, Violation> unavailable = new LinkedHashMap<>();
        Set<Violation> fatal = new LinkedHashSet<>();
        answers.forEach((name, answer) -> {
            BaseImages.Resolution resolution = answer.resultNow();
            resolution.reference().ifPresent(found -> references.put(name, found));
            resolution.problems().forEach((platform, violation) -> {
                if (platforms.optional().contains(platform)) {
                    unavailable.putIfAbsent(platform, violation);
                } else {
                    fatal.add(violation);
                }
            });
        });
        violations.addAll(fatal);
        return new Bases(references, unavailable);
    }
}
