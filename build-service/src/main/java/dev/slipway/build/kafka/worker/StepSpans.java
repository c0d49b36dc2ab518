package dev.slipway.build.kafka.worker;

import dev.slipway.build.BuildObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A span for each instruction of a build, below the build's own. */
public final class StepSpans {
    private final Tracer tracer;
    private final Clock clock;

    public StepSpans(Tracer tracer, Clock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    /** For the build of the current span; may then be called from any thread. */
    BuildObserver observer() {
        Context build = Context.current();
        return new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {
                Instant end = clock.instant();
                tracer.spanBuilder(step.text())
                        .setParent(build)
                        .setStartTimestamp(end.minus(took))
                        .setAttribute("slipway.step", step.number())
                        .setAttribute("slipway.step.total", step.total())
                        .setAttribute("slipway.stage", step.stage())
                        .setAttribute("slipway.reused", reused)
                        .startSpan()
                        .end(end);
            }

            @Override
            public void warning(String text) {
                Span.fromContext(build).addEvent(text);
            }

            @Override
            public void output(String line) {
                // a span is no place for logs
            }
        };
    }
}
