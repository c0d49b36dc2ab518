package dev.slipway.build.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolEnvironmentTest {
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void tellsToolsWhichTraceTheyAreOf() {
        ToolEnvironment environment =
                new ToolEnvironment(Map.of(), () -> Map.of("traceparent", TRACEPARENT, "tracestate", "a=b"));

        assertThat(environment.forTool(Path.of("/t")))
                .containsEntry("TRACEPARENT", TRACEPARENT)
                .containsEntry("TRACESTATE", "a=b");
    }

    @Test
    void handsOnNothingThatToolsDoNotNeed() {
        ToolEnvironment environment = new ToolEnvironment(
                Map.of("PATH", "/bin", "COSIGN_PASSWORD", "secret", "TRACEPARENT", "of this process"), Map::of);

        assertThat(environment.forTool(Path.of("/t"))).containsOnlyKeys("PATH", "TMPDIR");
    }
}
