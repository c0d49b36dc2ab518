package dev.slipway.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.kit.events.Envelope.TraceOrigin;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class EventWriterTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final TraceParent TRACE = new TraceParent("00-11111111111111111111111111111111-2222222222222222-01");
    private static final Cause CAUSE = new Cause("b", TRACE, "e0");
    private static final SpanContext HOP = SpanContext.create(
            "11111111111111111111111111111111", "3333333333333333", TraceFlags.getSampled(), TraceState.getDefault());
    private static final BuildCancelled FACT = new BuildCancelled("b", "stop");

    private final EventWriter writer = new EventWriter("/slipway/test", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void writesEveryAttributeOfAFact() {
        OutgoingEvent event = writer.fact(FACT, CAUSE, HOP);

        assertThat(event.topic()).isEqualTo("slipway.build.progress");
        assertThat(event.key()).contains("b");
        assertThat(event.value()).asString(UTF_8).isEqualTo("{\"buildId\":\"b\",\"reason\":\"stop\"}");
        assertThat(texts(event.headers()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", EventIds.eventId("dev.slipway.build.cancelled.v1", FACT)),
                        Map.entry("ce_type", "dev.slipway.build.cancelled.v1"),
                        Map.entry("ce_source", "/slipway/test"),
                        Map.entry("ce_time", "2026-01-02T03:04:05.678Z"),
                        Map.entry("ce_dataschema", "https://slipway.dev/schemas/build.cancelled.v1.json"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("ce_subject", "b"),
                        Map.entry("ce_correlationid", "b"),
                        Map.entry("ce_causationid", "e0"),
                        Map.entry("ce_partitionkey", "b"),
                        Map.entry("ce_traceparent", TRACE.value()),
                        Map.entry("traceparent", "00-11111111111111111111111111111111-3333333333333333-01")));
    }

    @Test
    void writesNoHopWithoutASpan() {
        OutgoingEvent event = writer.fact(FACT, CAUSE, SpanContext.getInvalid());

        assertThat(event.headers().lastHeader("traceparent")).isNull();
    }

    @Test
    void givesTheSameFactTheSameIdAtAnyTime() {
        EventWriter later = new EventWriter("/slipway/other", Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC));

        assertThat(texts(later.fact(FACT, CAUSE, HOP).headers()))
                .containsEntry(
                        "ce_id", texts(writer.fact(FACT, CAUSE, HOP).headers()).get("ce_id"));
    }

    @Test
    void isReadBackAsWritten() throws Exception {
        OutgoingEvent event = writer.fact(FACT, CAUSE, HOP);

        Received<?> received = new EventReader().read(event.topic(), event.headers(), event.value());

        assertThat(received.event()).isEqualTo(FACT);
        assertThat(received.envelope().trace()).isEqualTo(TRACE);
        assertThat(received.envelope().causationId()).contains("e0");
        assertThat(received.envelope().time()).isEqualTo(NOW);
    }

    @Test
    void keepsWhatTheSenderSaidOfARequest() {
        // given
        Envelope envelope = envelope(TRACE, TraceOrigin.GIVEN);

        // when
        OutgoingEvent event =
                writer.request("acme", envelope, new BuildCancelRequested("b", null, null), SpanContext.getInvalid());

        // then
        String build = "b";
        assertThat(event.topic()).isEqualTo("slipway.build.requested.acme");
        assertThat(event.key()).contains(build);
        assertThat(texts(event.headers()))
                .containsEntry("ce_id", "r1")
                .containsEntry("ce_source", "https://ci.example")
                .containsEntry("ce_time", "2026-01-01T00:00:00Z")
                .containsEntry("ce_correlationid", build)
                .containsEntry("ce_traceparent", TRACE.value());
    }

    @Test
    void leavesADerivedTraceToTheStageThatOpensIt() {
        OutgoingEvent event = writer.request(
                "acme",
                envelope(TRACE, TraceOrigin.DERIVED),
                new BuildCancelRequested("b", null, null),
                SpanContext.getInvalid());

        assertThat(event.headers().lastHeader("ce_traceparent")).isNull();
    }

    @Test
    void refusesAnEventOverTheLimit() {
        BuildCancelled large = new BuildCancelled("b", "x".repeat(1024 * 1024));

        assertThatThrownBy(() -> writer.fact(large, CAUSE, HOP))
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("dev.slipway.build.cancelled.v1")
                .hasMessageContaining("1048576 are allowed");
    }

    @Test
    void writesADeadLetterAsItWasWithItsReason() {
        // given
        Headers original = new RecordHeaders();
        original.add("ce_id", "e1".getBytes(UTF_8));

        // when
        OutgoingEvent letter = writer.deadLetter(
                new RecordPosition("slipway.build.progress", 3, 42),
                "k",
                original,
                null,
                "the record has no value",
                Optional.of(new MalformedEventException("the record has no value")));

        // then
        assertThat(letter.topic()).isEqualTo("slipway.dead-letter");
        assertThat(letter.key()).contains("k");
        assertThat(letter.value()).isNull();
        assertThat(texts(letter.headers()))
                .containsEntry("ce_id", "e1")
                .containsEntry("dead-letter-reason", "the record has no value")
                .containsEntry("dead-letter-cause", MalformedEventException.class.getName())
                .containsEntry("dead-letter-topic", "slipway.build.progress")
                .containsEntry("dead-letter-partition", "3")
                .containsEntry("dead-letter-offset", "42")
                .containsEntry("dead-letter-service", "/slipway/test");
        assertThat(original.toArray()).hasSize(1);
    }

    @Test
    void makesOfADeadLetterWhatItWas() {
        Headers original = new RecordHeaders();
        original.add("ce_id", "e1".getBytes(UTF_8));
        original.add("twice", "1".getBytes(UTF_8));
        original.add("twice", "2".getBytes(UTF_8));
        OutgoingEvent letter = writer.deadLetter(
                new RecordPosition("slipway.build.progress", 3, 42),
                "k",
                original,
                "v".getBytes(UTF_8),
                "broken",
                Optional.of(new IllegalStateException()));

        OutgoingEvent again = writer.original("k", letter.headers(), letter.value());

        assertThat(again.topic()).isEqualTo("slipway.build.progress");
        assertThat(again.key()).contains("k");
        assertThat(again.value()).isEqualTo("v".getBytes(UTF_8));
        assertThat(again.headers()).isEqualTo(original);
    }

    @Test
    void namesTheLetterThatWasSentAgain() {
        OutgoingEvent note = writer.replayed(0, 17, "k");

        assertThat(note.topic()).isEqualTo("slipway.dead-letter");
        assertThat(note.value()).isNull();
        assertThat(texts(note.headers()))
                .containsEntry("dead-letter-replayed-partition", "0")
                .containsEntry("dead-letter-replayed-offset", "17")
                .containsEntry("dead-letter-service", "/slipway/test");
    }

    private static Envelope envelope(TraceParent trace, TraceOrigin origin) {
        return new Envelope(
                "r1",
                "dev.slipway.build.cancel-requested.v1",
                "https://ci.example",
                Optional.empty(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty(),
                Optional.empty(),
                trace,
                origin,
                Optional.empty());
    }

    private static Map<String, String> texts(Headers headers) {
        return Arrays.stream(headers.toArray())
                .collect(Collectors.toMap(h -> h.key(), h -> new String(h.value(), UTF_8)));
    }
}
