package dev.slipway.kit.events;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record to send; compared by identity, since it holds bytes. */
public final class OutgoingEvent {
    private final String topic;
    private final @Nullable String key;
    private final Headers headers;
    private final byte @Nullable [] value;

    OutgoingEvent(String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
        this.topic = topic;
        this.key = key;
        this.headers = headers;
        this.value = value;
    }

    public String topic() {
        return topic;
    }

    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    public Headers headers() {
        return headers;
    }

    /** Null where a dead letter had no value. */
    public byte @Nullable [] value() {
        return value == null ? null : value.clone();
    }

    @SuppressWarnings("NullAway") // a record without key or value is legal in Kafka
    public ProducerRecord<String, byte[]> toProducerRecord() {
        return new ProducerRecord<>(topic, null, key, value, headers);
    }
}
