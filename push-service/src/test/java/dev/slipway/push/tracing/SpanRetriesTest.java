package dev.slipway.push.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.faults.Faults;
import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.local.faults.Occasion;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanRetriesTest {
    private static final Manifest MANIFEST = ImageIndex.of(List.of()).manifest();

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SpanSteps steps = new SpanSteps(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build()
            .get("test"));

    @Test
    void putsEachRetryOnTheStepThatWaitsForIt() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
                FaultyRegistry faulty = FaultyRegistry.before(registry.address());
                RegistryClient client = new RegistryClient(RegistryOptions.builder()
                        .retryObserver(new SpanRetries())
                        .build())) {
            faulty.on(Occasion.first("PUT", ".*"), Faults.answer(503))
                    .on(Occasion.first("PUT", ".*").after(1), Faults.resetBeforeActing())
                    .on(Occasion.each("PUT", ".*").after(2), Faults.answer(418));

            assertThatThrownBy(() -> steps.step(
                            "move tag",
                            "app:1",
                            () -> client.repository(new RepositoryName(faulty.address(), "app"))
                                    .tag(MANIFEST, "1")))
                    .isInstanceOf(StoreException.class);

            SpanData span = exported.getFinishedSpanItems().getFirst();
            assertThat(span.getEvents())
                    .extracting(EventData::getName)
                    .containsExactly("slipway.registry.retry", "slipway.registry.retry");
            assertThat(span.getEvents().getFirst().getAttributes().asMap())
                    .containsEntry(AttributeKey.longKey("http.request.resend_count"), 1L)
                    .containsEntry(AttributeKey.longKey("http.response.status_code"), 503L)
                    .containsEntry(AttributeKey.stringKey("error.type"), "503")
                    .containsEntry(AttributeKey.stringKey("slipway.registry"), faulty.address())
                    .containsKey(AttributeKey.doubleKey("slipway.retry.pause"));
            assertThat(span.getEvents().getLast().getAttributes().asMap())
                    .containsEntry(AttributeKey.longKey("http.request.resend_count"), 2L)
                    .containsEntry(AttributeKey.stringKey("error.type"), "UNAVAILABLE")
                    .doesNotContainKey(AttributeKey.longKey("http.response.status_code"));
            assertThat(span.getStatus().getDescription()).endsWith("(3 attempts: 503, no answer, 418)");
        }
    }
}
