package dev.slipway.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusMainTest
@TestProfile(ClustersConfiguredComponentTest.WithAnUnknownStrategy.class)
class ClustersConfiguredComponentTest {

    /** A cluster that cannot be, and no broker: nothing is to be consumed. */
    public static final class WithAnUnknownStrategy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slipway.warmup.clusters.eu.strategy",
                    "guess",
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1",
                    "quarkus.http.test-port",
                    "0");
        }
    }

    @Test
    void refusesToStartAndSaysWhy(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch();

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.getOutput() + result.getErrorOutput())
                .contains("slipway.warmup.clusters.eu: a strategy is container, image-volume or auto, not 'guess'")
                .as("no consumer was started")
                .doesNotContain("kafka-consumer-image-published");
    }
}
