package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.RunningBuild;
import dev.slipway.events.model.WorkerState;
import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class OtherCallsComponentTest {

    private static final String LOG = "application/vnd.slipway.build-log.v1";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Inject
    EventPublisher publisher;

    @Inject
    EventWriter writer;

    @Inject
    ContentStore staging;

    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @Test
    void passesSpansToTheStoreAndTracesBack() {
        byte[] otlp = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cli"}}]},
                 "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"slipway build","kind":3,
                 "startTimeUnixNano":"1772452800000000000","endTimeUnixNano":"1772452801000000000"}]}]}]}""".formatted(TRACE).getBytes(StandardCharsets.UTF_8);

        Answer exported = gateway.post("/v1/traces", "application/json", otlp);
        Answer trace = gateway.get("/v1/traces/" + TRACE);

        assertThat(exported.status()).as(exported.text()).isEqualTo(200);
        assertThat(trace.status()).isEqualTo(200);
        assertThat(trace.header("content-type")).startsWith("application/json");
        assertThat(trace.text()).contains("b7ad6b7169203331").contains("slipway build");
    }

    @Test
    void passesOnThatATraceIsUnknown() {
        assertThat(gateway.get("/v1/traces/" + "f".repeat(32)).status()).isEqualTo(404);
        assertThat(gateway.get("/v1/traces/xyz").codes()).containsExactly("TRACE_ID_MALFORMED");
    }

    @Test
    void listsTheWorkersByWhatEachSaidLast() {
        String build = GatewayCalls.buildId("running");
        publisher.send(writer.fact(status("w-2", WorkerState.READY, List.of(), Instant.now())));
        publisher.send(writer.fact(status("w-1", WorkerState.READY, List.of(), Instant.now())));
        publisher.send(writer.fact(status(
                "w-1", WorkerState.DRAINING, List.of(new RunningBuild(build, "linux/arm64", 2, 7)), Instant.now())));
        publisher.send(writer.fact(
                status("w-3", WorkerState.READY, List.of(), Instant.now().minusSeconds(30))));

        JsonNode builders = gateway.get("/v1/builders").json().path("builders");

        assertThat(builders.findValuesAsText("worker")).containsExactly("w-1", "w-2", "w-3");
        assertThat(builders.findValuesAsText("state")).containsExactly("draining", "ready", "silent");
        assertThat(builders.path(0).path("labels").path("env").asText()).isEqualTo("prod");
        assertThat(builders.path(0).path("slots").asInt()).isEqualTo(4);
        assertThat(builders.path(0).path("running")).singleElement().satisfies(run -> {
            assertThat(run.path("buildId").asText()).isEqualTo(build);
            assertThat(run.path("platform").asText()).isEqualTo("linux/arm64");
            assertThat(run.path("attempt").asInt()).isEqualTo(2);
        });
    }

    private static WorkerStatus status(String worker, WorkerState state, List<RunningBuild> running, Instant at) {
        return new WorkerStatus(
                worker,
                1,
                state,
                "default",
                Map.of("env", "prod"),
                List.of("linux/amd64"),
                List.of("linux/arm64"),
                List.of("embedded"),
                4,
                running,
                List.of(),
                at);
    }

    @Test
    void showsLogsThatAreInStagingAndNothingElseThatIs() {
        byte[] text = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        Descriptor blob = Descriptor.of(LOG, text);
        staging.putBlob(blob, BlobSource.of(text));
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        Descriptor log =
                staging.putManifest(ImageManifest.artifact(LOG, List.of(blob)).manifest());
        Descriptor other =
                staging.putManifest(ImageManifest.artifact("application/vnd.slipway.plan.v1+json", List.of(blob))
                        .manifest());

        Answer shown = gateway.get("/v1/logs/" + log.digest());

        assertThat(shown.text()).isEqualTo("one\ntwo\n");
        assertThat(shown.header("content-type")).startsWith("text/plain");
        assertThat(gateway.get("/v1/logs/" + other.digest()).codes()).containsExactly("LOG_UNKNOWN");
        assertThat(gateway.get("/v1/logs/" + blob.digest()).codes()).containsExactly("LOG_UNKNOWN");
        assertThat(gateway.get("/v1/logs/latest").codes()).containsExactly("DIGEST_INVALID");
    }

    @Test
    void isReady() {
        assertThat(gateway.get("/q/health/ready").status()).isEqualTo(200);
    }

    @Test
    void openApiNamesEveryCallAndItsAnswers() {
        JsonNode paths = gateway.get("/q/openapi?format=json").json().path("paths");

        assertThat(paths.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "/v1/events",
                        "/v1/builders",
                        "/v1/builds",
                        "/v1/builds/{id}",
                        "/v1/builds/{id}/events",
                        "/v1/logs/{digest}",
                        "/v1/contexts/{digest}",
                        "/v1/dead-letters",
                        "/v1/dead-letters/{id}",
                        "/v1/dead-letters/{id}/replay",
                        "/v1/traces",
                        "/v1/traces/{traceId}");
        assertThat(paths.at("/~1v1~1events/post/responses").properties().stream()
                        .map(Map.Entry::getKey))
                .containsAll(List.of("202", "400", "413", "415", "503"));
    }

    @Test
    void whatIsNotThereIsAnErrorLikeOthers() {
        assertThat(gateway.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(gateway.put("/v1/events", "application/json", new byte[0]).codes())
                .containsExactly("HTTP_405");
    }
}
