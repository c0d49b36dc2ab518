package dev.slipway.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.kit.events.Envelope.TraceOrigin;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {
    private static final String TOPIC = "slipway.image.assembled";
    private static final String TYPE = "dev.slipway.image.assembly-failed.v1";
    private static final String BUILD = "0123456789abcdef0123456789abcdef";
    private static final String TRACE = "00-11111111111111111111111111111111-2222222222222222-01";
    private static final String HOP = "00-11111111111111111111111111111111-3333333333333333-01";
    private static final String DATA = "{\"buildId\":\"" + BUILD + "\",\"failures\":[]}";

    private final EventReader reader = new EventReader();

    @Test
    void readsBinaryMode() throws Exception {
        // given
        Headers headers = binary();
        put(headers, "traceparent", HOP);

        // when
        Received<AssemblyEvent> received = read(headers, DATA);

        // then
        assertThat(received.event()).isEqualTo(new ImageAssemblyFailed(BUILD, java.util.List.of()));
        assertThat(received.buildId()).isEqualTo(BUILD);
        assertThat(received.envelope())
                .isEqualTo(new Envelope(
                        "e1",
                        TYPE,
                        "/slipway/test",
                        Optional.of(BUILD),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Optional.of(BUILD),
                        Optional.of("c1"),
                        new TraceParent(TRACE),
                        TraceOrigin.GIVEN,
                        Optional.of(new TraceParent(HOP))));
        assertThat(received.cause()).isEqualTo(new Cause(BUILD, new TraceParent(TRACE), "e1"));
    }

    @Test
    void readsStructuredMode() throws Exception {
        // given
        Headers headers = new RecordHeaders();
        put(headers, "content-type", "application/cloudevents+json; charset=utf-8");
        String json = """
            {"specversion":"1.0","id":"e1","type":"%s","source":"/slipway/test","time":"2026-01-02T03:04:05Z",
             "correlationid":"%s","traceparent":"%s","datacontenttype":"application/json","data":%s}\
            """.formatted(TYPE, BUILD, TRACE, DATA);

        // when
        Received<AssemblyEvent> received = read(headers, json);

        // then
        assertThat(received.event()).isEqualTo(new ImageAssemblyFailed(BUILD, java.util.List.of()));
        assertThat(received.envelope().trace()).isEqualTo(new TraceParent(TRACE));
    }

    @Test
    void takesTheSubjectForTheBuildWhereThereIsNoCorrelationId() throws Exception {
        Headers headers = binary();
        headers.remove("ce_correlationid");

        assertThat(read(headers, DATA).buildId()).isEqualTo(BUILD);
    }

    @Test
    void derivesTheBuildOfARequestFromItsSourceAndIdAndOfACancellationFromWhatItNames() throws Exception {
        // given
        Headers headers = binary();
        put(headers, "ce_type", "dev.slipway.build.cancel-requested.v1");

        // when
        Received<RequestEvent> received = reader.read(
                "slipway.build.requested.acme", headers, "{\"buildId\":\"b\"}".getBytes(UTF_8), RequestEvent.class);

        // then
        put(headers, "ce_type", "dev.slipway.warmup.requested.v1");
        Received<RequestEvent> other = reader.read(
                "slipway.build.requested.acme",
                headers,
                "{\"reference\":\"r.test/a:1\",\"warmup\":{}}".getBytes(UTF_8),
                RequestEvent.class);

        assertThat(received.event()).isEqualTo(new BuildCancelRequested("b", null, null));
        assertThat(received.buildId()).isEqualTo("b");
        assertThat(other.buildId()).isEqualTo(EventIds.buildId("/slipway/test", "e1"));
        assertThat(EventReader.tenant(received)).isEqualTo("acme");
    }

    @Test
    void derivesTheTraceWhereThereIsNone() throws Exception {
        Headers headers = binary();
        headers.remove("ce_traceparent");

        Envelope envelope = read(headers, DATA).envelope();

        assertThat(envelope.trace().value()).isEqualTo(EventIds.traceparent(BUILD));
        assertThat(envelope.traceOrigin()).isEqualTo(TraceOrigin.DERIVED);
    }

    @Test
    void takesTheHopForTheTraceWhereThereIsOnlyThat() throws Exception {
        Headers headers = binary();
        headers.remove("ce_traceparent");
        put(headers, "traceparent", HOP);

        Envelope envelope = read(headers, DATA).envelope();

        assertThat(envelope.trace().value()).isEqualTo(HOP);
        assertThat(envelope.traceOrigin()).isEqualTo(TraceOrigin.GIVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "00-00000000000000000000000000000000-2222222222222222-01",
                "00-11111111111111111111111111111111-0000000000000000-01",
                "ff-11111111111111111111111111111111-2222222222222222-01",
                "00-AAAA1111111111111111111111111111-2222222222222222-01"
            })
    void derivesTheTraceWhereTheGivenOneCannotBeRead(String bad) throws Exception {
        Headers headers = binary();
        put(headers, "ce_traceparent", bad);
        put(headers, "traceparent", HOP);

        Envelope envelope = read(headers, DATA).envelope();

        assertThat(envelope.trace().value()).isEqualTo(EventIds.traceparent(BUILD));
        assertThat(envelope.traceOrigin()).isEqualTo(TraceOrigin.DERIVED_FROM_BAD);
    }

    @Test
    void toleratesPropertiesOfNewerProducers() throws Exception {
        assertThat(read(binary(), "{\"new\":1," + DATA.substring(1)).event())
                .isEqualTo(new ImageAssemblyFailed(BUILD, java.util.List.of()));
    }

    @Test
    void refusesAnUnknownType() {
        Headers headers = binary();
        put(headers, "ce_type", "dev.slipway.image.painted.v1");

        assertRefused(headers, DATA, "unknown event type or version 'dev.slipway.image.painted.v1'");
    }

    @Test
    void refusesAnUnknownVersionOfAKnownType() {
        Headers headers = binary();
        put(headers, "ce_type", "dev.slipway.image.assembly-failed.v2");

        assertRefused(headers, DATA, "unknown event type or version 'dev.slipway.image.assembly-failed.v2'");
    }

    @Test
    void refusesATypeThatBelongsOnAnotherTopic() {
        assertThatThrownBy(() ->
                        reader.read("slipway.build.progress", binary(), DATA.getBytes(UTF_8), ProgressEvent.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("event type '%s' does not belong on topic 'slipway.build.progress'", TYPE);
    }

    @Test
    void refusesARecordWithoutValue() {
        assertRefused(binary(), null, "the record has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{", "[]", "42", "", "{\"failures\":7}", "{\"buildId\":\"b\",\"failures\":[]} x"})
    void refusesDataThatIsNotThePayload(String data) {
        assertRefused(binary(), data, "event 'e1'");
    }

    @Test
    void refusesDataThatIsNull() {
        assertRefused(binary(), "null", "event 'e1' of type '" + TYPE + "' has no data");
    }

    @Test
    void refusesDataThatLacksAProperty() {
        assertRefused(binary(), "{\"failures\":[]}", "buildId");
    }

    @Test
    void refusesDataWithAHoleDeepInside() {
        assertRefused(binary(), "{\"buildId\":\"b\",\"failures\":[{\"code\":\"INTERNAL_ERROR\"}]}", "message");
    }

    @Test
    void refusesAStructuredEventThatIsNotJson() {
        Headers headers = new RecordHeaders();
        put(headers, "content-type", "application/cloudevents+json");

        assertRefused(headers, "hello", "not a CloudEvent");
    }

    @Test
    void refusesAPlainRecord() {
        assertRefused(new RecordHeaders(), DATA, "not a CloudEvent");
    }

    @Test
    void refusesAHeaderWithoutValue() {
        Headers headers = binary();
        headers.remove("ce_source");
        headers.add("ce_source", null);

        assertRefused(headers, DATA, "not a CloudEvent");
    }

    @Test
    void passesOverATraceHeaderWithoutValue() throws Exception {
        Headers headers = binary();
        headers.add("traceparent", null);

        assertThat(read(headers, DATA).envelope().hop()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time"})
    void refusesAnEventThatLacksAnAttribute(String header) {
        Headers headers = binary();
        headers.remove(header);

        assertRefused(headers, DATA, "");
    }

    @Test
    void refusesAnotherVersionOfCloudEvents() {
        Headers headers = binary();
        put(headers, "ce_specversion", "0.3");

        assertRefused(headers, DATA, "");
    }

    private Received<AssemblyEvent> read(Headers headers, String data) throws MalformedEventException {
        return reader.read(TOPIC, headers, data.getBytes(UTF_8), AssemblyEvent.class);
    }

    private void assertRefused(Headers headers, @Nullable String data, String reason) {
        assertThatThrownBy(() -> reader.read(TOPIC, headers, data == null ? null : data.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(reason);
    }

    private static Headers binary() {
        Headers headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", "e1");
        put(headers, "ce_type", TYPE);
        put(headers, "ce_source", "/slipway/test");
        put(headers, "ce_time", "2026-01-02T03:04:05Z");
        put(headers, "ce_subject", BUILD);
        put(headers, "ce_correlationid", BUILD);
        put(headers, "ce_causationid", "c1");
        put(headers, "ce_traceparent", TRACE);
        put(headers, "content-type", "application/json");
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
