package dev.slipway.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventIds;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Descriptor;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.MediaTypes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The log as containers write it: each line an object that says which build it is of. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
class LogComponentTest {
    private final String buildId = UUID.randomUUID().toString().replace("-", "");

    @Test
    void everyLineIsJsonAndNamesTraceSpanAndBuild() throws IOException {
        Descriptor index = Descriptor.of(MediaTypes.IMAGE_INDEX, "sha256:" + buildId + buildId, 7);
        ImagePublished published =
                new ImagePublished(buildId, index, List.of(), List.of(), List.of(), Duration.ZERO, null, null);
        try (Bus bus = new Bus(
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), Topic.IMAGE_WARMED)) {
            bus.send(withBadTrace(Bus.record("/slipway/push-service", buildId, published, trace())));
            bus.hear(Topic.IMAGE_WARMED, "|" + index.digest(), 1);
        }

        List<JsonNode> ofBuild = new ArrayList<>();
        for (String line : Files.readAllLines(Peers.LOG)) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.path("level").asText()).as(line).isNotEmpty();
            if (json.path("message").asText().contains(buildId)) {
                ofBuild.add(json);
            }
        }
        assertThat(ofBuild).isNotEmpty().allSatisfy(line -> {
            assertThat(line.at("/mdc/slipway.build.id").asText()).isEqualTo(buildId);
            assertThat(line.at("/mdc/traceId").asText()).isEqualTo(EventIds.traceId(buildId));
            assertThat(line.at("/mdc/spanId").asText()).matches("[0-9a-f]{16}");
        });
    }

    private TraceParent trace() {
        return new TraceParent(EventIds.traceparent(buildId));
    }

    /** The service says of such a record that it makes a trace of its own. */
    private static ProducerRecord<String, byte[]> withBadTrace(ProducerRecord<String, byte[]> record) {
        record.headers().remove("ce_traceparent").add("ce_traceparent", "nonsense".getBytes(UTF_8));
        return record;
    }
}
