package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.local.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real API server takes what Kustomize makes of the overlays, with strict validation and Pod Security. Resources of operators
 * (Strimzi, KEDA, Prometheus) are left out: their definitions are not here.
 */
class ApplyManifestsTest {
    private static final Pattern BUILT_IN = Pattern.compile("v1|(apps|policy|batch)/.*|[a-z.]+\\.k8s\\.io/.*");
    private static final Pattern CONTAINER = Pattern.compile("containers? (\"[^)]*?\") must");
    private static ApiServer server;

    @TempDir
    static Path temp;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Peers.require("kubectl");
        Peers.require("kustomize");
        Optional<String> missing = ApiServer.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: the peer '%s' is not installed".formatted(missing.orElseThrow()));
        server = ApiServer.startTemporary();
        Files.writeString(temp.resolve("kubeconfig"), server.kubeconfig(server.adminToken()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static List<String> containers(String warning) {
        return CONTAINER
                .matcher(warning)
                .results()
                .map(container -> container.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void areTaken(String overlay) throws IOException {
        List<JsonNode> objects = KubernetesManifestsTest.build(overlay).stream()
                .filter(object ->
                        BUILT_IN.matcher(object.path("apiVersion").asText()).matches())
                .toList();
        assertThat(objects).hasSizeGreaterThan(20);
        Path file = temp.resolve(overlay + ".yaml");
        new YAMLMapper().writeValue(file.toFile(), Map.of("apiVersion", "v1", "kind", "List", "items", objects));

        Command applied = Command.run(
                temp,
                Map.of("KUBECONFIG", temp.resolve("kubeconfig").toString()),
                Duration.ofMinutes(2),
                List.of(
                        Peers.require("kubectl"),
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--validate=strict",
                        "-f",
                        file.toString()));

        assertThat(applied.exitCode()).as(applied.printed()).isZero();
        assertThat(applied.printed().lines().filter(line -> line.endsWith("serverside-applied")))
                .hasSameSizeAs(objects);
        assertThat(applied.printed().lines().filter(line -> line.contains("would violate PodSecurity")))
                .as("a rootless BuildKit alone cannot be restricted, see components/buildkit")
                .allSatisfy(line -> assertThat(containers(line)).containsOnly("\"buildkitd\""));
    }
}
