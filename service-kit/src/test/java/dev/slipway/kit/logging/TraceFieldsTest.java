package dev.slipway.kit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kit.tracing.BuildContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class TraceFieldsTest {
    private static final Span SPAN = Span.wrap(
            SpanContext.create("1".repeat(32), "2".repeat(16), TraceFlags.getSampled(), TraceState.getDefault()));

    private final TraceFields fields = new TraceFields();

    @Test
    void nameTraceSpanAndBuild() {
        try (Scope ignored = BuildContext.with(SPAN, "b1").makeCurrent()) {
            assertThat(logged().getMdcCopy())
                    .containsEntry("traceId", "1".repeat(32))
                    .containsEntry("spanId", "2".repeat(16))
                    .containsEntry("slipway.build.id", "b1");
        }
    }

    @Test
    void goWithTheWorkToOtherThreads() throws ExecutionException, InterruptedException {
        try (Scope ignored = BuildContext.with(SPAN, "b1").makeCurrent();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExtLogRecord record =
                    threads.submit(Context.current().wrap(this::logged)).get();

            assertThat(record.getMdc("slipway.build.id")).isEqualTo("b1");
        }
    }

    @Test
    void sayNothingOfWhatIsOfNoBuild() {
        assertThat(logged().getMdcCopy()).doesNotContainKeys("traceId", "spanId", "slipway.build.id");
    }

    private ExtLogRecord logged() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "text", "test");
        assertThat(fields.isLoggable(record)).isTrue();
        return record;
    }
}
