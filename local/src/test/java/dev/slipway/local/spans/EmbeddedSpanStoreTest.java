package dev.slipway.local.spans;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Handler;
import dev.slipway.local.http.HttpService;
import dev.slipway.local.registry.Http;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSpanStoreTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PROTOBUF = "application/x-protobuf";

    @TempDir
    Path directory;

    private EmbeddedSpanStore store;
    private Http http;

    @BeforeEach
    void start() {
        store = EmbeddedSpanStore.startTemporary();
        http = new Http(store.url().substring("http://".length()));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void answersASpanWithAllThatItSays() throws IOException {
        Span span = span("b7ad6b7169203331", 1_700_000_000_123_456_789L).toBuilder()
                .setParentSpanId(bytes("00f067aa0ba902b7"))
                .setKind(Span.SpanKind.SPAN_KIND_CONSUMER)
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("harbor-eu answered 429"))
                .addAttributes(
                        attribute("slipway.build.id", AnyValue.newBuilder().setStringValue("b1")))
                .addAttributes(attribute("attempt", AnyValue.newBuilder().setIntValue(2)))
                .addAttributes(attribute(
                        "platforms",
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder()
                                        .addValues(AnyValue.newBuilder().setStringValue("linux/amd64")))))
                .addLinks(Span.Link.newBuilder().setTraceId(bytes(TRACE)).setSpanId(bytes("00f067aa0ba902b8")))
                .addEvents(Span.Event.newBuilder().setName("retry").setTimeUnixNano(1_700_000_000_200_000_000L))
                .build();

        http.send("POST", "/v1/traces", export(span).toByteArray(), "Content-Type", PROTOBUF);

        JsonNode answer = trace();
        JsonNode first = answer.path("spans").path(0);
        assertThat(answer.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(first.path("spanId").asText()).isEqualTo("b7ad6b7169203331");
        assertThat(first.path("parentSpanId").asText()).isEqualTo("00f067aa0ba902b7");
        assertThat(first.path("service").asText()).isEqualTo("push-service");
        assertThat(first.path("kind").asText()).isEqualTo("CONSUMER");
        assertThat(first.path("startTime").asText()).isEqualTo("2023-11-14T22:13:20.123456789Z");
        assertThat(first.path("startTimeUnixNano").asText()).isEqualTo("1700000000123456789");
        assertThat(first.path("status").toString())
                .isEqualTo("{\"code\":\"ERROR\",\"message\":\"harbor-eu answered 429\"}");
        assertThat(first.path("attributes").toString())
                .isEqualTo("{\"slipway.build.id\":\"b1\",\"attempt\":2,\"platforms\":[\"linux/amd64\"]}");
        assertThat(first.path("links").toString())
                .isEqualTo("[{\"traceId\":\"%s\",\"spanId\":\"00f067aa0ba902b8\"}]".formatted(TRACE));
        assertThat(first.path("events").path(0).path("name").asText()).isEqualTo("retry");
    }

    @Test
    void takesJsonAsItTakesProtobuf() throws IOException {
        String body = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"slipway-cli"}}]},
                 "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"submit","kind":3,
                 "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":1700000000000000001,"status":{"code":2},
                 "attributes":[{"key":"n","value":{"intValue":"7"}},{"key":"b","value":{"boolValue":true}}],
                 "links":[{"traceId":"%s","spanId":"00f067aa0ba902b7"}]}]}]}],"unknown":1}""".formatted(TRACE, TRACE);

        var response = http.send("POST", "/v1/traces", body.getBytes(UTF_8), "Content-Type", "application/json");

        JsonNode span = trace().path("spans").path(0);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(span.path("service").asText()).isEqualTo("slipway-cli");
        assertThat(span.path("kind").asText()).isEqualTo("CLIENT");
        assertThat(span.path("endTime").asText()).isEqualTo("2023-11-14T22:13:20.000000001Z");
        assertThat(span.path("status").path("code").asText()).isEqualTo("ERROR");
        assertThat(span.path("attributes").toString()).isEqualTo("{\"n\":7,\"b\":true}");
        assertThat(span.path("links").path(0).path("spanId").asText()).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void takesGzip() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            export(span("b7ad6b7169203331", 1)).writeTo(gzip);
        }

        http.send("POST", "/v1/traces", compressed.toByteArray(), "Content-Type", PROTOBUF, "Content-Encoding", "gzip");

        assertThat(trace().path("spans")).hasSize(1);
    }

    @Test
    void ordersByStartAndAnswersADuplicateOnce() throws IOException {
        post(http, span("0000000000000003", 3));
        post(http, span("0000000000000001", 1));
        post(http, span("0000000000000003", 3));
        post(http, span("0000000000000002", 2));

        assertThat(trace().path("spans").findValuesAsText("spanId"))
                .containsExactly("0000000000000001", "0000000000000002", "0000000000000003");
    }

    @Test
    void refusesWhatIsNotOtlp() {
        assertThat(http.send("POST", "/v1/traces", "{".getBytes(UTF_8), "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send("POST", "/v1/traces", new byte[] {1, 2, 3}, "Content-Type", PROTOBUF)
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send(
                                "POST",
                                "/v1/traces",
                                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}"
                                        .getBytes(UTF_8),
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send("POST", "/v1/traces", new byte[0], "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(http.send("POST", "/v1/traces", new byte[9], "Content-Type", PROTOBUF, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void saysThatATraceIsUnknown() {
        var response = http.get("/v1/traces/" + TRACE);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("TRACE_UNKNOWN");
    }

    @Test
    void passesOnWhatCameWhileTheCollectorWasAway() throws IOException {
        List<byte[]> passedOn = new CopyOnWriteArrayList<>();
        AtomicBoolean away = new AtomicBoolean(true);
        Handler collector = request -> {
            if (away.get()) {
                return Answer.of(503);
            }
            passedOn.add(request.body().readAllBytes());
            return Answer.of(200);
        };
        ExportTraceServiceRequest first = export(span("0000000000000001", 1));
        ExportTraceServiceRequest second = export(span("0000000000000002", 2));
        try (HttpService server = HttpService.start(loopback(), collector);
                EmbeddedSpanStore forwarding = startForwarding("http://127.0.0.1:" + server.port())) {
            Http to = new Http(forwarding.url().substring("http://".length()));
            to.send("POST", "/v1/traces", first.toByteArray(), "Content-Type", PROTOBUF);
            to.send("POST", "/v1/traces", second.toByteArray(), "Content-Type", PROTOBUF);

            away.set(false);

            await().untilAsserted(
                            () -> assertThat(passedOn).containsExactly(first.toByteArray(), second.toByteArray()));
        }
    }

    @Test
    void keepsSpansWhoseCollectorIsNotThere() throws IOException {
        int nobody = 1;
        try (EmbeddedSpanStore forwarding = startForwarding("http://127.0.0.1:" + nobody)) {
            Http to = new Http(forwarding.url().substring("http://".length()));

            for (int i = 1; i <= 50; i++) {
                assertThat(post(to, span("%016x".formatted(i), i))).isEqualTo(200);
            }

            assertThat(new ObjectMapper()
                            .readTree(to.get("/v1/traces/" + TRACE).body())
                            .path("spans"))
                    .hasSize(50);
        }
    }

    private EmbeddedSpanStore startForwarding(String collector) throws IOException {
        return EmbeddedSpanStore.start(directory, 0, Optional.of(URI.create(collector)), Handler.NOTHING);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private JsonNode trace() throws IOException {
        return new ObjectMapper().readTree(http.get("/v1/traces/" + TRACE).body());
    }

    private static int post(Http to, Span span) {
        return to.send("POST", "/v1/traces", export(span).toByteArray(), "Content-Type", PROTOBUF)
                .statusCode();
    }

    private static Span span(String id, long start) {
        return Span.newBuilder()
                .setTraceId(bytes(TRACE))
                .setSpanId(bytes(id))
                .setName("publish")
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + 1)
                .build();
    }

    private static ExportTraceServiceRequest export(Span span) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute(
                                        "service.name", AnyValue.newBuilder().setStringValue("push-service"))))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
