package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyEvent.PolicyDecided;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** What the span of an assembly tells of its result. */
final class AssemblySpan {
    private AssemblySpan() {}

    static void describe(Span span, AssemblyEvent event) {
        switch (event) {
            case ImageAssembled assembled ->
                span.setAttribute("slipway.image.digest", assembled.index().digest())
                        .setAttribute(
                                "slipway.image.platforms", assembled.images().size());
            case ImageAssemblyFailed failed ->
                span.setStatus(StatusCode.ERROR, failed.failures().getFirst().message())
                        .setAttribute(
                                "error.type",
                                failed.failures().getFirst().code().name());
            case PolicyDecided decided ->
                span.setAttribute("slipway.policy.decision", decided.decision().name());
        }
    }
}
