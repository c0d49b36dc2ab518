package dev.slipway.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.Envelope.TraceOrigin;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StageSpansTest {
    private static final String TRACE = "11111111111111111111111111111111";
    private static final TraceParent REQUEST = new TraceParent("00-" + TRACE + "-2222222222222222-01");
    private static final TraceParent HOP = new TraceParent("00-" + TRACE + "-3333333333333333-01");

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final DerivedIds ids = new DerivedIds();
    private final Tracer tracer = SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build()
            .get("test");
    private final StageSpans spans = new StageSpans(tracer, ids);

    @Test
    void isAChildOfTheRequestAndLinksToTheHop() {
        spans.start("assemble index", received(REQUEST, TraceOrigin.GIVEN, Optional.of(HOP)))
                .end();

        SpanData span = exportedSpan();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(REQUEST.spanId());
        assertThat(span.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(HOP.spanId()));
        assertThat(span.getAttributes().get(AttributeKey.stringKey("slipway.build.id")))
                .isEqualTo("b");
    }

    @Test
    void needsNoLinkToItsOwnParent() {
        spans.start("plan build", received(REQUEST, TraceOrigin.GIVEN, Optional.of(REQUEST)))
                .end();

        assertThat(exportedSpan().getLinks()).isEmpty();
    }

    @Test
    void linksToNoOtherTrace() {
        TraceParent foreign = new TraceParent("00-99999999999999999999999999999999-3333333333333333-01");

        spans.start("plan build", received(REQUEST, TraceOrigin.GIVEN, Optional.of(foreign)))
                .end();

        assertThat(exportedSpan().getLinks()).isEmpty();
    }

    @Test
    void opensThePromisedRootOfARequestWithoutTrace() {
        TraceParent derived = new TraceParent(EventIds.traceparent("b"));

        spans.startFirst("plan build", received(derived, TraceOrigin.DERIVED, Optional.empty()))
                .end();

        SpanData span = exportedSpan();
        assertThat(span.getTraceId()).isEqualTo(EventIds.traceId("b"));
        assertThat(span.getSpanId()).isEqualTo(EventIds.rootSpanId("b"));
        assertThat(span.getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void opensNoRootWhereTheRequestBroughtATrace() {
        spans.startFirst("plan build", received(REQUEST, TraceOrigin.GIVEN, Optional.empty()))
                .end();

        assertThat(exportedSpan().getParentSpanId()).isEqualTo(REQUEST.spanId());
    }

    @Test
    void derivesTheIdsOfThatOneSpanOnly() {
        TraceParent derived = new TraceParent(EventIds.traceparent("b"));
        spans.startFirst("plan build", received(derived, TraceOrigin.DERIVED, Optional.empty()))
                .end();
        exported.reset();

        tracer.spanBuilder("other").setNoParent().startSpan().end();

        assertThat(exportedSpan().getTraceId()).isNotEqualTo(EventIds.traceId("b"));
        assertThat(exportedSpan().getSpanId()).isNotEqualTo(EventIds.rootSpanId("b"));
    }

    private SpanData exportedSpan() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().getFirst();
    }

    private static Received<BuildCancelled> received(TraceParent trace, TraceOrigin origin, Optional<TraceParent> hop) {
        Envelope envelope = new Envelope(
                "e",
                "dev.slipway.build.cancelled.v1",
                "/slipway/test",
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                trace,
                origin,
                hop);
        return new Received<>(new BuildCancelled("b", "stop"), envelope, "b", "slipway.build.progress");
    }
}
