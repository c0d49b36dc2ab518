package dev.slipway.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Descriptor;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.MediaTypes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What Prometheus reads from a service. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
class MetricsComponentTest {
    private static final String ASKED_BY_PROMETHEUS =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private final String buildId = UUID.randomUUID().toString().replace("-", "");

    @TestHTTPResource("/q/metrics")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URI url;

    @Test
    void saysHowStagesFareWithTheTraceOfOne() {
        Descriptor index = Descriptor.of(MediaTypes.IMAGE_INDEX, "sha256:" + buildId + buildId, 7);
        try (Bus bus = new Bus(
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), Topic.IMAGE_WARMED)) {
            bus.say(
                    "/slipway/push-service",
                    buildId,
                    new ImagePublished(buildId, index, List.of(), List.of(), List.of(), Duration.ZERO, null, null),
                    new TraceParent(EventIds.traceparent(buildId)));
            bus.hear(Topic.IMAGE_WARMED, "|" + index.digest(), 1);
        }

        Awaitility.await().untilAsserted(() -> {
            String metrics = scraped();
            assertThat(metrics.lines())
                    .anyMatch(line ->
                            line.startsWith("slipway_stage_duration_seconds_bucket{") && line.contains("trace_id="))
                    .anyMatch(line -> line.startsWith("slipway_stage_queue_seconds_count{"))
                    .anyMatch(line -> line.startsWith("slipway_warmups_total{") && line.contains("skipped-no-cluster"))
                    .anyMatch(line -> line.startsWith("slipway_consumer_lag_records{channel=\"image-published\""));
            assertThat(metrics).as("no build is a label").doesNotContain(buildId);
        });
    }

    private String scraped() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(url)
                                    .header("Accept", ASKED_BY_PROMETHEUS)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
