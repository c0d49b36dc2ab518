package dev.slipway.gateway;

import static dev.slipway.gateway.GatewayCalls.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.oci.Digest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is there: no broker, no registry, no span store. */
@QuarkusTest
@TestProfile(OutageComponentTest.NothingThere.class)
class OutageComponentTest {

    private static final Duration SECONDS = Duration.ofSeconds(8);

    public static final class NothingThere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:9",
                    "slipway.staging", "127.0.0.1:9/slipway/staging",
                    "slipway.spans", "http://127.0.0.1:9",
                    "quarkus.otel.sdk.disabled", "true");
        }
    }

    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @Test
    @Timeout(30)
    void saysWithinSecondsThatTheBusIsDown() {
        long start = System.nanoTime();

        Answer answer = gateway.submit("down", GOOD);

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.codes()).containsExactly("BUS_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECONDS);
    }

    @Test
    @Timeout(30)
    void stillNamesViolations() {
        assertThat(gateway.submit("down", "{}").status()).isEqualTo(400);
    }

    @Test
    @Timeout(30)
    void saysWithinSecondsThatTheRegistryIsDown() {
        byte[] content = {1, 2, 3};
        long start = System.nanoTime();

        Answer answer = gateway.put("/v1/contexts/" + Digest.of(content), "application/octet-stream", content);

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.codes()).containsExactly("REGISTRY_UNAVAILABLE");
        assertThat(answer.text()).contains("127.0.0.1:9");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECONDS);
    }

    @Test
    void saysThatTheSpanStoreIsDown() {
        Answer answer = gateway.get("/v1/traces/" + "a".repeat(32));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("127.0.0.1:9");
    }

    @Test
    void isNotReadyAndSaysSo() {
        assertThat(gateway.get("/q/health/ready").status()).isEqualTo(503);
        assertThat(gateway.get("/v1/builds").codes()).containsExactly("NOT_READY");
        assertThat(gateway.get("/v1/events").codes()).containsExactly("BUS_UNAVAILABLE");
    }
}
