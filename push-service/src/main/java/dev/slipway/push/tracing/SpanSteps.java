package dev.slipway.push.tracing;

import dev.slipway.push.work.Steps;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** A span for each step, a child of the current one. */
public final class SpanSteps implements Steps {
    private final Tracer tracer;

    public SpanSteps(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void step(String name, String target, Runnable work) {
        Span span = tracer.spanBuilder(name)
                .setAttribute("slipway.publish.target", target)
                .startSpan();
        try (Scope ignored = span.makeCurrent()) {
            work.run();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public void again(int number, String why) {
        Span.current()
                .addEvent(
                        "slipway.publish.retry",
                        Attributes.of(
                                AttributeKey.longKey("slipway.attempt"),
                                (long) number,
                                AttributeKey.stringKey("slipway.retry.reason"),
                                why));
    }
}
