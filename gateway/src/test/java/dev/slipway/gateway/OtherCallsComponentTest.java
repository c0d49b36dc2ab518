package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.gateway.GatewayCalls.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class OtherCallsComponentTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

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
    void isReady() {
        assertThat(gateway.get("/q/health/ready").status()).isEqualTo(200);
    }

    @Test
    void openApiNamesEveryCallAndItsAnswers() {
        JsonNode paths = gateway.get("/q/openapi?format=json").json().path("paths");

        assertThat(paths.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "/v1/events",
                        "/v1/builds",
                        "/v1/builds/{id}",
                        "/v1/builds/{id}/events",
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
