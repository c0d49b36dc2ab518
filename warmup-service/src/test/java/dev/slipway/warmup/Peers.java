package dev.slipway.warmup;

import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.spans.EmbeddedSpanStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A real broker and a span store on free ports. */
public final class Peers implements QuarkusTestResourceLifecycleManager {
    /** The log as JSON. */
    static final Path LOG = Path.of("target", "warmup-service.log.json").toAbsolutePath();

    private final Deque<Runnable> stops = new ArrayDeque<>();

    @Override
    public Map<String, String> start() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        stops.push(kafka::close);
        EmbeddedSpanStore spans = EmbeddedSpanStore.startTemporary();
        stops.push(spans::close);
        return Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "quarkus.http.test-port",
                "0",
                "quarkus.otel.exporter.otlp.endpoint",
                spans.url(),
                "quarkus.log.file.enabled",
                "true",
                "quarkus.log.file.json.enabled",
                "true",
                "quarkus.log.file.path",
                LOG.toString());
    }

    @Override
    public void stop() {
        stops.forEach(Runnable::run);
    }
}
