package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void becomesPartOfTheCallersTrace() {
        TraceContext context = TraceContext.begin(Optional.of("00-" + TRACE + "-00f067aa0ba902b7-01"));

        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(context.parentSpanId()).contains("00f067aa0ba902b7");
        assertThat(context.spanId()).isNotEqualTo("00f067aa0ba902b7").matches("[0-9a-f]{16}");
        assertThat(context.traceparent()).isEqualTo("00-" + TRACE + "-" + context.spanId() + "-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-x-y-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"
            })
    void beginsATraceWhereTheCallersIsMalformed(String traceparent) {
        TraceContext context = TraceContext.begin(Optional.of(traceparent));

        assertThat(context.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(context.parentSpanId()).isEmpty();
    }

    @Test
    void isAnotherTraceEachTime() {
        assertThat(TraceContext.begin(Optional.empty()).traceId())
                .isNotEqualTo(TraceContext.begin(Optional.empty()).traceId());
    }
}
