package dev.slipway.push;

import dev.slipway.local.faults.Faults;
import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.local.faults.Occasion;
import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.local.spans.EmbeddedSpanStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A real broker, two registries and a span store on free ports. Staging is on the first registry. */
public final class Peers implements QuarkusTestResourceLifecycleManager {
    static final String FIRST = "test.registry.first";
    static final String SECOND = "test.registry.second";

    /** The tag that the second registry takes from nobody. */
    static final String REFUSED_TAG = "refused";

    /** Repositories that no tenant may publish to, by the rules that lie in a file. */
    static final String FORBIDDEN = "forbidden";

    private final Deque<Runnable> stops = new ArrayDeque<>();

    @Override
    public Map<String, String> start() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        stops.push(kafka::close);
        EmbeddedRegistry first = EmbeddedRegistry.startTemporary();
        stops.push(first::close);
        EmbeddedRegistry second = EmbeddedRegistry.startTemporary();
        stops.push(second::close);
        FaultyRegistry faulty = FaultyRegistry.before(second.address())
                .on(Occasion.each("PUT", "/v2/.+/manifests/" + REFUSED_TAG), Faults.refuse(403, "DENIED"));
        stops.push(faulty::close);
        EmbeddedSpanStore spans = EmbeddedSpanStore.startTemporary();
        stops.push(spans::close);
        return Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "slipway.staging",
                first.address() + "/slipway/staging",
                FIRST,
                first.address(),
                SECOND,
                faulty.address(),
                "slipway.push.access",
                rules(),
                "quarkus.http.test-port",
                "0",
                "quarkus.otel.exporter.otlp.endpoint",
                spans.url());
    }

    private String rules() {
        try {
            Path file = Files.createTempFile("access", ".json");
            stops.push(() -> file.toFile().delete());
            return Files.writeString(file, "{\"*\": {\"publish\": [\"127.0.0.1:*/team/**\"]}}")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        stops.forEach(Runnable::run);
    }
}
