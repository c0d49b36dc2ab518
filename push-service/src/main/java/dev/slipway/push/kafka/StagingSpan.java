package dev.slipway.push.kafka;

import dev.slipway.push.StagedTarget;
import dev.slipway.push.Traffic;
import dev.slipway.push.staging.StagingOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** What staging came to, on the current span. */
final class StagingSpan {
    private StagingSpan() {}

    static void describe(StagingOutcome outcome) {
        switch (outcome) {
            case StagingOutcome.Staged staged -> {
                Traffic traffic =
                        staged.targets().stream().map(StagedTarget::traffic).reduce(Traffic.NONE, Traffic::plus);
                Span.current()
                        .setAttribute(
                                "slipway.publish.targets", staged.targets().size())
                        .setAttribute(
                                "slipway.publish.targets_left_out",
                                staged.leftOut().size())
                        .setAttribute("slipway.publish.bytes_sent", traffic.bytesSent())
                        .setAttribute("slipway.publish.bytes_mounted", traffic.bytesMounted())
                        .setAttribute("slipway.publish.requests", traffic.requests());
            }
            case StagingOutcome.NotStaged notStaged ->
                Span.current()
                        .setStatus(
                                StatusCode.ERROR,
                                notStaged.outcome().failures().getFirst().message());
        }
    }
}
