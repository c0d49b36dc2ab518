package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert fires when it should, and not otherwise, by Prometheus' own tool. */
class AlertRulesTest {
    private static final Path COMPONENT = Stack.ROOT.resolve("k8s/components/monitoring");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path temp;

    @Test
    void fireWhenTheyShould() throws IOException {
        String promtool = Peers.require("promtool");
        Files.copy(COMPONENT.resolve("rules.test.yaml"), temp.resolve("rules.test.yaml"));
        YAML.writeValue(temp.resolve("rules.yaml").toFile(), rules());

        Command tested = Command.run(
                temp, Map.of(), Duration.ofMinutes(1), List.of(promtool, "test", "rules", "rules.test.yaml"));

        assertThat(tested.exitCode()).as(tested.printed()).isZero();
    }

    @Test
    void areTriedEachOfThem() throws IOException {
        String tests = Files.readString(COMPONENT.resolve("rules.test.yaml"));

        assertThat(rules().findValuesAsText("alert"))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert));
    }

    private static JsonNode rules() throws IOException {
        return YAML.readTree(COMPONENT.resolve("rules.yaml").toFile()).path("spec");
    }
}
