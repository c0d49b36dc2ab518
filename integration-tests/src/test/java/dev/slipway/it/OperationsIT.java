package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with a stack: run its own images, watch it. */
class OperationsIT {
    private static Docker docker;
    private static Stack stack;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() {
        docker = Docker.require();
        stack = Stack.start();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void runsAServiceFromTheImageThatSlipwayBuiltOfIt() throws IOException {
        Path images = temp.resolve("kustomization.yaml");
        Command built = stack.slipway(
                "self-build",
                "--base-from-jdk",
                "--no-aot",
                "--service",
                "warmup-service",
                "-t",
                stack.registry() + "/slipway:it",
                "--images-file",
                images.toString());
        assertThat(built.exitCode()).as(built.printed()).isZero();
        JsonNode image = new ObjectMapper(new YAMLFactory())
                .readTree(images.toFile())
                .path("images")
                .path(0);
        int port = Ports.free(1).getFirst();

        try (Docker.Container container = docker.start(
                image.path("newName").asText() + "@" + image.path("digest").asText(),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "SLIPWAY_INSTANCE", "from-image"))) {
            Eventually.get(
                    Duration.ofMinutes(1),
                    () -> Http.answers("http://127.0.0.1:%d/q/health/ready".formatted(port)),
                    ready -> ready || !running(container));

            assertThat(Http.answers("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                    .as(container.ask("logs").printed())
                    .isTrue();
            assertThat(container.ask("inspect", "--format", "{{.Config.User}}").out())
                    .startsWith("65532:65532");
        }
    }

    private static boolean running(Docker.Container container) {
        return container.ask("inspect", "--format", "{{.State.Running}}").out().startsWith("true");
    }
}
