package dev.slipway.kit.logging;

import dev.slipway.kit.tracing.BuildContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Writes into each record of a log which trace, span and build it is of, and lets all of them pass. It asks OpenTelemetry's
 * context, which every thread that works for a span has; the MDC of Quarkus is with threads of Vert.x only.
 */
@LoggingFilter(name = "slipway")
public final class TraceFields implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord fields) {
            Context context = Context.current();
            SpanContext span = Span.fromContext(context).getSpanContext();
            if (span.isValid()) {
                fields.putMdc("traceId", span.getTraceId());
                fields.putMdc("spanId", span.getSpanId());
            }
            BuildContext.buildId(context).ifPresent(build -> fields.putMdc("slipway.build.id", build));
        }
        return true;
    }
}
