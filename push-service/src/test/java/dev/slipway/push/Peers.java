package dev.slipway.push;

import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.local.spans.EmbeddedSpanStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Pattern;

/** A real broker, two registries and a span store on free ports. Staging is on the first registry. */
public final class Peers implements QuarkusTestResourceLifecycleManager {
    static final String FIRST = "test.registry.first";
    static final String SECOND = "test.registry.second";

    /** The tag that the second registry takes from nobody. */
    static final String REFUSED_TAG = "refused";

    private final Deque<Runnable> stops = new ArrayDeque<>();

    @Override
    public Map<String, String> start() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        stops.push(kafka::close);
        EmbeddedRegistry first = EmbeddedRegistry.startTemporary();
        stops.push(first::close);
        EmbeddedRegistry second = EmbeddedRegistry.startTemporary();
        stops.push(second::close);
        RefusingProxy proxy = refusing(second);
        stops.push(proxy::close);
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
                proxy.address(),
                "quarkus.http.test-port",
                "0",
                "quarkus.otel.exporter.otlp.endpoint",
                spans.url());
    }

    private static RefusingProxy refusing(EmbeddedRegistry registry) {
        try {
            return new RefusingProxy(
                    URI.create("http://" + registry.address()), Pattern.compile("PUT /v2/.+/manifests/" + REFUSED_TAG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        stops.forEach(Runnable::run);
    }
}
