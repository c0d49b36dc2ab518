package dev.slipway.build.stages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.BuildException;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shortens what the tests of this package say. */
final class Graphs {
    static final Platform AMD64 = Platform.parse("linux/amd64");
    static final Platform ARM_V7 = Platform.parse("linux/arm/v7");

    private Graphs() {}

    static StageGraph graph(String... lines) {
        return graph(null, Map.of(), lines);
    }

    static StageGraph graph(@Nullable String target, Map<String, String> buildArgs, String... lines) {
        return StageGraph.of(Dockerfile.parse("Dockerfile", text(lines)), ARM_V7, target, buildArgs);
    }

    static byte[] text(String... lines) {
        return String.join("\n", lines).getBytes(UTF_8);
    }

    /** Labels of the stages that are needed, in the order of building. */
    static List<String> order(StageGraph graph) {
        return graph.plans().stream().map(plan -> plan.stage().label()).toList();
    }

    static Origin base(StageGraph graph) {
        return graph.plans().getLast().base();
    }

    /** Where the only copy of the target takes from. */
    static Origin source(StageGraph graph) {
        StagePlan plan = graph.plans().getLast();
        List<Instruction.Copy> copies = plan.stage().instructions().stream()
                .filter(Instruction.Copy.class::isInstance)
                .map(Instruction.Copy.class::cast)
                .toList();
        assertThat(copies).hasSize(1);
        return plan.sourceOf(copies.getFirst());
    }

    /** Why there is no graph. */
    static String error(String... lines) {
        BuildException e = catchThrowableOfType(BuildException.class, () -> graph(lines));
        assertThat(e).as("the error").isNotNull();
        assertThat(e.reason()).isEqualTo(BuildException.Reason.DOCKERFILE_INVALID);
        assertThat(e.retryable()).isFalse();
        return String.valueOf(e.getMessage());
    }
}
