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
@TestProfile(ClustersConfiguredComponentTest.WithKubeconfig.class)
class ClustersConfiguredComponentTest {

    /** Clusters, and no broker: nothing is to be consumed. */
    public static final class WithKubeconfig implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slipway.kubeconfig",
                    "/etc/kube/config",
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
                .contains("clusters are not supported yet", "slipway.kubeconfig", "/etc/kube/config")
                .as("no consumer was started")
                .doesNotContain("kafka-consumer-image-published");
    }
}
