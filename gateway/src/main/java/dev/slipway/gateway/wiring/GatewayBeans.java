package dev.slipway.gateway.wiring;

import dev.slipway.gateway.Authorisation;
import dev.slipway.gateway.FindContext;
import dev.slipway.gateway.LoopbackAuthorisation;
import dev.slipway.gateway.RequestBus;
import dev.slipway.gateway.RequestContract;
import dev.slipway.gateway.SpanStore;
import dev.slipway.gateway.StoreContext;
import dev.slipway.gateway.SubmitRequest;
import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.gateway.builds.EventLog;
import dev.slipway.gateway.contract.SchemaRequestContract;
import dev.slipway.gateway.fleet.Fleet;
import dev.slipway.gateway.kafka.HistoryReader;
import dev.slipway.gateway.kafka.KafkaDeadLetters;
import dev.slipway.gateway.kafka.KafkaEventLog;
import dev.slipway.gateway.kafka.KafkaFleet;
import dev.slipway.gateway.kafka.KafkaRequestBus;
import dev.slipway.gateway.kafka.RecordEvents;
import dev.slipway.gateway.letters.DeadLetters;
import dev.slipway.gateway.logs.ReadBuildLog;
import dev.slipway.gateway.spans.HttpSpanStore;
import dev.slipway.gateway.spans.NoSpanStore;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.kafka.LogConsumers;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.http.RetryLimits;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the use cases and what they need. */
final class GatewayBeans {

    /** A caller waits, so an answer that it is not there comes soon. */
    private static final RetryLimits STAGING_RETRIES =
            new RetryLimits(3, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2));

    @Produces
    @Singleton
    Authorisation authorisation(GatewayConfig config) {
        return new LoopbackAuthorisation(config.tenant());
    }

    @Produces
    @Singleton
    RequestContract requestContract() {
        return new SchemaRequestContract();
    }

    @Produces
    @Singleton
    RequestBus requestBus(EventPublisher publisher) {
        return new KafkaRequestBus(publisher);
    }

    @Produces
    @Singleton
    SubmitRequest submitRequest(RequestContract contract, RequestBus bus) {
        return new SubmitRequest(contract, bus);
    }

    /** A body that passes through cannot be sent in chunks that are tried again: it goes in one piece. */
    @Produces
    @Singleton
    RegistryClient registryClient(Meters meters) {
        return new RegistryClient(RegistryOptions.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .userAgent("slipway-gateway")
                .observers(meters::registry)
                .connectTimeout(Duration.ofSeconds(3))
                .retries(STAGING_RETRIES)
                .chunkSize(Long.MAX_VALUE)
                .build());
    }

    void close(@Disposes RegistryClient client) {
        client.close();
    }

    @Produces
    @Singleton
    ContentStore staging(@ConfigProperty(name = "slipway.staging") String staging, RegistryClient client) {
        return client.repository(Reference.parse(staging).repository());
    }

    @Produces
    @Singleton
    StoreContext storeContext(ContentStore staging) {
        return new StoreContext(staging);
    }

    @Produces
    @Singleton
    FindContext findContext(ContentStore staging) {
        return new FindContext(staging);
    }

    @Produces
    @Singleton
    BuildHistory buildHistory(GatewayConfig config) {
        return new BuildHistory(config.keepBuilds(), config.keepSize().asLongValue());
    }

    @Produces
    @Singleton
    LogConsumers logConsumers(KafkaAccess kafka) {
        return new LogConsumers(
                kafka,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        8 * 1024 * 1024,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500));
    }

    @Produces
    @Singleton
    RecordEvents recordEvents(EventReader reader) {
        return new RecordEvents(reader);
    }

    @Produces
    @Singleton
    HistoryReader historyReader(LogConsumers consumers, RecordEvents events, BuildHistory history, Clock clock) {
        return new HistoryReader(consumers, events, history, clock);
    }

    @Produces
    @Singleton
    EventLog eventLog(LogConsumers consumers, RecordEvents events, GatewayConfig config) {
        return new KafkaEventLog(consumers, events, config.logReaders());
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(LogConsumers consumers, EventWriter writer, EventPublisher publisher, Clock clock) {
        return new KafkaDeadLetters(consumers, writer, publisher, clock);
    }

    @Produces
    @Singleton
    ReadBuildLog readBuildLog(ContentStore staging) {
        return new ReadBuildLog(staging);
    }

    @Produces
    @Singleton
    Fleet fleet(LogConsumers consumers, EventReader reader, Clock clock) {
        return new KafkaFleet(consumers, reader, clock);
    }

    @Produces
    @Singleton
    SpanStore spanStore(@ConfigProperty(name = "slipway.spans") Optional<URI> spans) {
        return spans.<SpanStore>map(HttpSpanStore::new).orElseGet(NoSpanStore::new);
    }
}
