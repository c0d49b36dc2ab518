package dev.slipway.gateway;

import static dev.slipway.gateway.GatewayCalls.GOOD;
import static dev.slipway.gateway.GatewayCalls.buildId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.gateway.GatewayCalls.Sent;
import dev.slipway.gateway.GatewayCalls.Stream;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class SubmitComponentTest {

    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @Test
    void acceptsAndNamesTheBuild() {
        Answer answer = gateway.submit("accepted", GOOD);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("buildId").asText()).isEqualTo(buildId("accepted"));
        assertThat(answer.header("location")).endsWith("/v1/builds/" + buildId("accepted"));
    }

    @Test
    void sameRequestIsTheSameBuildAndOneEvent() throws Exception {
        String first = gateway.submit("twice", GOOD).json().path("buildId").asText();
        String second = gateway.submit("twice", GOOD).json().path("buildId").asText();
        gateway.submit("thrice", GOOD);

        assertThat(second).isEqualTo(first);
        try (Stream stream = gateway.stream("/v1/builds/" + first + "/events?follow=false", "")) {
            assertThat(stream.next(2)).hasSize(1);
        }
    }

    @Test
    void structuredModeIsTheSameBuildAsBinaryMode() {
        String event = """
                {"specversion":"1.0","id":"structured","source":"/test","type":"dev.slipway.build.requested.v1",
                 "time":"2026-03-02T12:00:00Z","data":%s}""".formatted(GOOD);

        Answer answer =
                gateway.post("/v1/events", "application/cloudevents+json", event.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("buildId").asText()).isEqualTo(buildId("structured"));
    }

    @Test
    void namesEveryViolation() {
        Answer answer = gateway.submit("bad", """
                {"source":{"git":{"url":"u"}},"platforms":["linux/amd46"],"tags":["a:b:c"],"tag":"x"}""", "ce-time", "noon");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/time", "/data/source/git/revision", "/data/platforms/0", "/data/tags/0", "/data/tag");
    }

    @Test
    void refusesFacts() {
        Answer answer = gateway.submit("fact", "{}", "ce-type", "dev.slipway.image.published.v1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("TYPE_UNKNOWN");
    }

    @Test
    void refusesWhatIsTooLarge() {
        String large = GOOD.replace("\"requester\":\"ci\"", "\"requester\":\"" + "x".repeat(1024 * 1024) + "\"");

        Answer answer = gateway.submit("large", large);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.codes()).containsExactly("EVENT_TOO_LARGE");
    }

    @Test
    void refusesBatches() {
        Answer answer =
                gateway.post("/v1/events", "application/cloudevents-batch+json", "[]".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void namesWhatACallWithoutAnEventLacks() {
        Answer answer = gateway.send(gateway.request("/v1/events").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/specversion", "/id", "/source", "/type", "/time");
    }

    @Test
    void traceOfTheCallIsTheTraceOfTheBuild() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        gateway.submit("traced", GOOD, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        try (Stream stream = gateway.stream("/v1/builds/" + buildId("traced") + "/events", "")) {
            Sent request = stream.next(1).getFirst();
            assertThat(request.data().path("traceparent").asText()).isEqualTo("00-" + trace + "-00f067aa0ba902b7-01");
        }
        assertThat(gateway.get("/v1/builds/" + buildId("traced"))
                        .json()
                        .path("traceId")
                        .asText())
                .isEqualTo(trace);
    }

    @Test
    void aRequestWithoutATraceGetsTheOneThatFollowsFromItsId() throws Exception {
        gateway.submit("untraced", GOOD);

        try (Stream stream = gateway.stream("/v1/builds/" + buildId("untraced") + "/events", "")) {
            assertThat(stream.next(1).getFirst().data().has("traceparent")).isFalse();
        }
        assertThat(gateway.get("/v1/builds/" + buildId("untraced"))
                        .json()
                        .path("traceId")
                        .asText())
                .isEqualTo(dev.slipway.events.EventIds.traceId(buildId("untraced")));
    }

    @Test
    void aRequestStraightIntoKafkaIsTheSameBuild() throws Exception {
        assumeThat(hasKcat()).as("peer kcat is missing").isTrue();
        String id = "by-kcat";
        Process kcat = new ProcessBuilder(kcat(id)).redirectErrorStream(true).start();
        kcat.outputWriter().append(GOOD.replace("\n", "")).append("\n").close();
        String output = new String(kcat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kcat.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(kcat.exitValue()).as(output).isZero();

        try (Stream stream = gateway.stream("/v1/builds/" + buildId(id) + "/events", "")) {
            Sent request = stream.next(1).getFirst();
            assertThat(request.event()).isEqualTo(GatewayCalls.TYPE);
            assertThat(request.data().path("correlationid").asText()).isEqualTo(buildId(id));
        }
        assertThat(gateway.submit(id, GOOD).json().path("buildId").asText()).isEqualTo(buildId(id));
    }

    private static List<String> kcat(String id) {
        return List.of(
                "kcat",
                "-P",
                "-b",
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                "-t",
                "slipway.build.requested.default",
                "-H",
                "ce_specversion=1.0",
                "-H",
                "ce_id=" + id,
                "-H",
                "ce_source=" + GatewayCalls.SOURCE,
                "-H",
                "ce_type=" + GatewayCalls.TYPE,
                "-H",
                "ce_time=" + GatewayCalls.TIME,
                "-H",
                "content-type=application/json");
    }

    private static boolean hasKcat() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> new File(directory, "kcat").canExecute());
    }
}
