package dev.slipway.it;

import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A build request as any Kafka producer may write it.
 *
 * @param trace {@code ce_traceparent}, where the producer has one
 */
record Request(String source, String id, Instant time, Optional<String> trace, String json) {

    String buildId() {
        return EventIds.buildId(source, id);
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", EventType.BUILD_REQUESTED.ceType());
        headers.put("ce_source", source);
        headers.put("ce_id", id);
        headers.put("ce_time", time.toString());
        headers.put("content-type", "application/json");
        trace.ifPresent(value -> headers.put("ce_traceparent", value));
        return headers;
    }

    /** Sends it, and returns when Kafka has it. */
    void send(String bootstrapServers) {
        ProducerRecord<String, String> record = new ProducerRecord<>(Topic.requestsOf("default"), buildId(), json);
        headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class))) {
            producer.send(record).get(30, TimeUnit.SECONDS);
            producer.flush();
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka at %s did not take the request".formatted(bootstrapServers), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
