package dev.slipway.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What operators apply to a cluster is what the local broker declares. */
class StrimziTopicsTest {
    private static final Path FILE = Path.of("..", "k8s", "components", "strimzi", "topics.yaml");

    private record Declared(int partitions, Map<String, String> settings) {}

    @Test
    void declareTheTopicsOfTheContract() throws IOException {
        TopicDeclaration standard = TopicDeclaration.standard();
        Map<String, Declared> wanted = new TreeMap<>();
        standard.topics()
                .forEach((name, topic) -> wanted.put(
                        name,
                        new Declared(
                                TopicLayout.hasSingleOrder(topic) ? 1 : standard.partitions(),
                                TopicLayout.settings(topic))));

        assertThat(manifests()).isEqualTo(wanted);
    }

    private static Map<String, Declared> manifests() throws IOException {
        Map<String, Declared> topics = new TreeMap<>();
        try (MappingIterator<JsonNode> manifests =
                new YAMLMapper().readerFor(JsonNode.class).readValues(FILE.toFile())) {
            while (manifests.hasNext()) {
                JsonNode manifest = manifests.next();
                Map<String, String> settings = new HashMap<>();
                manifest.path("spec")
                        .path("config")
                        .properties()
                        .forEach(setting -> settings.put(
                                setting.getKey(), setting.getValue().asText()));
                // of a cluster of three; the local one has a single broker
                assertThat(settings.remove("min.insync.replicas")).isEqualTo("2");
                topics.put(
                        manifest.path("metadata").path("name").asText(),
                        new Declared(manifest.path("spec").path("partitions").asInt(), settings));
            }
        }
        return topics;
    }
}
