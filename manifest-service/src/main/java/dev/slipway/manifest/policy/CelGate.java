package dev.slipway.manifest.policy;

import dev.slipway.manifest.Gate;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Manifest;
import dev.slipway.policy.gate.Policies;
import dev.slipway.policy.input.DescribeImages;
import dev.slipway.policy.input.Facts;
import dev.slipway.policy.input.InvalidEvidenceException;
import dev.slipway.policy.rules.Action;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.List;

/** Asks the rules of a directory, in a span of its own. */
public final class CelGate implements Gate {
    private final Policies policies;
    private final DescribeImages describeImages;
    private final Tracer tracer;

    public CelGate(Policies policies, ContentStore staging, Tracer tracer) {
        this.policies = policies;
        this.describeImages = new DescribeImages(staging);
        this.tracer = tracer;
    }

    @Override
    public Decision decide(Manifest index, List<Candidate> images, Asked asked) {
        Span span = tracer.spanBuilder("ask policies").startSpan();
        try (Scope scope = span.makeCurrent()) {
            Decision decision = translated(judged(index, images, asked));
            span.setAttribute("slipway.policy.decision", decision.denies() ? "DENIED" : "ALLOWED")
                    .setAttribute("slipway.policy.set", decision.policySet().value())
                    .setAttribute("slipway.policy.rules", policies.rules().size())
                    .setAttribute(
                            "slipway.policy.violations", decision.violations().size());
            return decision;
        } finally {
            span.end();
        }
    }

    private dev.slipway.policy.gate.Decision judged(Manifest index, List<Candidate> images, Asked asked) {
        try {
            return policies.decide(describeImages.describe(
                    index,
                    images.stream()
                            .map(image -> new DescribeImages.Part(image.image(), image.artifacts()))
                            .toList(),
                    facts(asked)));
        } catch (InvalidEvidenceException e) {
            return policies.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Facts facts(Asked asked) {
        return new Facts(
                asked.tenant(),
                asked.release() ? "release" : "snapshot",
                asked.requester(),
                asked.source().map(source -> new Facts.Source(source.url(), source.revision(), source.ref())),
                asked.targets());
    }

    private static Decision translated(dev.slipway.policy.gate.Decision decision) {
        return new Decision(
                decision.violations().stream()
                        .map(violation -> new Violation(
                                violation.rule(),
                                violation.action() == Action.DENY,
                                violation.platform(),
                                violation.message()))
                        .toList(),
                decision.policySet());
    }
}
