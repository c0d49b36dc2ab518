package dev.slipway.kit.wiring;

import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.handling.EventHandling;
import dev.slipway.kit.handling.RetryPolicy;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.kafka.KafkaEventPublisher;
import dev.slipway.kit.metrics.FactMeters;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces what a service needs to read, handle and publish events. */
final class KitBeans {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    EventReader eventReader() {
        return new EventReader();
    }

    @Produces
    @Singleton
    EventWriter eventWriter(
            @ConfigProperty(name = "quarkus.application.name") String name, Clock clock, Meters meters) {
        return new EventWriter("/slipway/" + name, clock, new FactMeters(meters));
    }

    @Produces
    @Singleton
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    /** Messaging has opened its channels by then: it does so before other observers of the start. */
    void watchLag(@Observes StartupEvent event, KafkaClientService clients, Meters meters) {
        for (String channel : clients.getConsumerChannels()) {
            meters.watchLag(channel, () -> clients.getConsumer(channel).unwrap().metrics());
        }
    }

    @Produces
    @Singleton
    KafkaAccess kafkaAccess(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return new KafkaAccess(settings);
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer(
            KafkaAccess kafka,
            @ConfigProperty(name = "slipway.bus.delivery-timeout", defaultValue = "30s") Duration deliveryTimeout) {
        int timeout = Math.toIntExact(deliveryTimeout.toMillis());
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        timeout,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        timeout,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        timeout,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topic.MAX_DEAD_LETTER_BYTES)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    EventPublisher eventPublisher(Producer<String, byte[]> producer, EventWriter writer) {
        return new KafkaEventPublisher(producer, writer);
    }

    @Produces
    @Singleton
    DerivedIds derivedIds() {
        return new DerivedIds();
    }

    @Produces
    @Singleton
    StageSpans stageSpans(Tracer tracer, DerivedIds ids) {
        return new StageSpans(tracer, ids);
    }

    @Produces
    @Singleton
    EventHandling eventHandling(
            EventWriter writer, EventPublisher publisher, StageSpans spans, RetryPolicy retries, Meters meters) {
        return new EventHandling(writer, publisher, spans, retries, meters);
    }

    @Produces
    @Singleton
    @DefaultBean
    RetryPolicy retryPolicy() {
        return RetryPolicy.DEFAULT;
    }
}
