package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent.PolicyDecided;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PolicyDecision;
import dev.slipway.events.model.PolicyViolation;
import dev.slipway.events.model.Source;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.Gate;
import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Optional;

/** Between the contract's words and the gate's. */
final class GateTranslation {
    private GateTranslation() {}

    static Gate.Asked asked(BuildPlan plan) {
        BuildRequested request = plan.request();
        return new Gate.Asked(
                plan.tenant(),
                request.mode() == BuildMode.RELEASE,
                Optional.ofNullable(request.requester()),
                source(request.source()),
                request.tags().stream().map(Reference::parse).toList());
    }

    private static Optional<Gate.SourceRevision> source(Source source) {
        return switch (source) {
            case Source.Git git ->
                Optional.of(new Gate.SourceRevision(
                        Optional.of(git.url()), Optional.of(git.revision()), Optional.ofNullable(git.ref())));
            case Source.Archive archive ->
                Optional.of(new Gate.SourceRevision(Optional.of(archive.url()), Optional.empty(), Optional.empty()));
            case Source.Artifact artifact ->
                artifact.revision() == null
                        ? Optional.empty()
                        : Optional.of(new Gate.SourceRevision(
                                Optional.ofNullable(artifact.revisionSource()),
                                Optional.ofNullable(artifact.revision()),
                                Optional.ofNullable(artifact.ref())));
        };
    }

    /** Empty where there is no gate, or it was not come to. */
    static Optional<PolicyDecided> decided(String buildId, AssemblyOutcome outcome) {
        Optional<Gate.Decision> decision = switch (outcome) {
            case AssemblyOutcome.Assembled assembled -> assembled.decision();
            case AssemblyOutcome.Denied denied -> Optional.of(denied.decision());
            case AssemblyOutcome.Refused _,
                    AssemblyOutcome.TooLarge _,
                    AssemblyOutcome.Unchangeable _,
                    AssemblyOutcome.NoKey _ -> Optional.empty();
        };
        return decision.map(made -> new PolicyDecided(
                buildId,
                made.denies() ? PolicyDecision.DENIED : PolicyDecision.ALLOWED,
                made.violations().stream().map(GateTranslation::violation).toList(),
                made.policySet().value()));
    }

    private static PolicyViolation violation(Gate.Violation violation) {
        return new PolicyViolation(
                violation.rule(),
                violation.denies() ? PolicyViolation.Action.DENY : PolicyViolation.Action.WARN,
                violation.platform().orElse(null),
                violation.message());
    }

    /** One for each denial. */
    static List<Failure> failures(Gate.Decision decision) {
        return decision.violations().stream()
                .filter(Gate.Violation::denies)
                .map(violation -> new Failure(
                        FailureCode.POLICY_DENIED,
                        "the rule '%s' denies %s: %s"
                                .formatted(
                                        violation.rule(),
                                        violation.platform().orElse("the image"),
                                        violation.message()),
                        violation.platform().orElse(null),
                        false))
                .toList();
    }
}
