package dev.slipway.build.stages;

import static dev.slipway.build.stages.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.shell.Variables;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Variables NOTHING = name -> Optional.empty();

    @Test
    void givesTheRequestedValueBeforeTheDefault() {
        assertThat(value(Map.of("A", "requested"), "FROM scratch", "ARG A=default"))
                .contains("requested");
        assertThat(value(Map.of("A", ""), "FROM scratch", "ARG A=default")).contains("");
        assertThat(value(Map.of(), "FROM scratch", "ARG A=default")).contains("default");
    }

    @Test
    void givesTheGlobalValueToADeclarationWithoutOne() {
        assertThat(value(Map.of(), "ARG A=global", "FROM scratch", "ARG A")).contains("global");
        assertThat(value(Map.of(), "ARG A=global", "FROM scratch", "ARG A=own")).contains("own");
        assertThat(value(Map.of(), "FROM scratch", "ARG A")).isEmpty();
    }

    @Test
    void expandsADefaultByTheVariablesOfItsPlace() {
        Arguments arguments = graph("FROM scratch").arguments();
        Instruction.Declaration declaration = declaration(graph("FROM scratch", "ARG A=$B"));

        assertThat(arguments.value(declaration, name -> Optional.of("value of " + name)))
                .contains("value of B");
    }

    @Test
    void knowsThePlatformsOnceTheyAreDeclared() {
        assertThat(value(Map.of(), "FROM scratch", "ARG TARGETPLATFORM")).contains("linux/arm/v7");
        assertThat(value(Map.of(), "FROM scratch", "ARG TARGETOS")).contains("linux");
        assertThat(value(Map.of(), "FROM scratch", "ARG TARGETARCH")).contains("arm");
        assertThat(value(Map.of(), "FROM scratch", "ARG TARGETVARIANT")).contains("v7");
        assertThat(value(Map.of(), "FROM scratch", "ARG BUILDPLATFORM")).contains("linux/amd64");
        assertThat(value(Map.of(), "FROM scratch", "ARG BUILDVARIANT")).contains("");
        assertThat(value(Map.of(), "FROM scratch", "ARG TARGETSTAGE")).contains("default");
    }

    private static Optional<String> value(Map<String, String> given, String... lines) {
        StageGraph graph = graph(null, given, lines);
        return graph.arguments().value(declaration(graph), NOTHING);
    }

    private static Instruction.Declaration declaration(StageGraph graph) {
        Instruction.Arg arg =
                (Instruction.Arg) graph.plans().getLast().stage().instructions().getFirst();
        return arg.declarations().getFirst();
    }
}
