package dev.slipway.kit.tracing;

import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;

/**
 * Opens the spans of stages. Each is a child of the request's {@code ce_traceparent}, not of the hop before, so that a killed
 * service costs only its own subtree; the hop is a link.
 */
public final class StageSpans {
    private final Tracer tracer;
    private final DerivedIds ids;

    public StageSpans(Tracer tracer, DerivedIds ids) {
        this.tracer = tracer;
        this.ids = ids;
    }

    /** Starts the span of a stage that an event asks for. The caller makes it current, and ends it. */
    public Span start(String name, Received<?> received) {
        Envelope envelope = received.envelope();
        return span(name, received.cause(), envelope.hop())
                .setAttribute("messaging.destination.name", received.topic())
                .setAttribute("cloudevents.event_type", envelope.type())
                .startSpan();
    }

    /** The span of a stage that acts some time after it has read the event; the caller says when it starts. */
    public SpanBuilder span(String name, Cause cause, Optional<TraceParent> hop) {
        SpanBuilder builder = tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(parent(cause.trace()))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("cloudevents.event_id", cause.eventId())
                .setAttribute("slipway.build.id", cause.buildId());
        hop.filter(from -> from.traceId().equals(cause.trace().traceId()))
                .filter(from -> !from.spanId().equals(cause.trace().spanId()))
                .ifPresent(from -> builder.addLink(remote(from)));
        return builder;
    }

    /**
     * Starts the span of the stage that sees a request first. Where the request brought no trace, this span is the root that
     * {@link dev.slipway.events.EventIds#traceparent} promises to all later stages.
     */
    public Span startFirst(String name, Received<?> received) {
        Envelope envelope = received.envelope();
        if (envelope.traceOrigin() == Envelope.TraceOrigin.GIVEN || received.event() instanceof BuildCancelRequested) {
            return start(name, received);
        }
        return ids.with(
                envelope.trace().traceId(),
                envelope.trace().spanId(),
                () -> tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.CONSUMER)
                        .setNoParent()
                        .setAttribute("messaging.system", "kafka")
                        .setAttribute("messaging.operation.type", "process")
                        .setAttribute("messaging.destination.name", received.topic())
                        .setAttribute("cloudevents.event_id", envelope.id())
                        .setAttribute("cloudevents.event_type", envelope.type())
                        .setAttribute("slipway.build.id", received.buildId())
                        .startSpan());
    }

    /** For links to spans that events name. */
    public static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.spanId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    private static Context parent(TraceParent trace) {
        return Context.root().with(Span.wrap(remote(trace)));
    }
}
