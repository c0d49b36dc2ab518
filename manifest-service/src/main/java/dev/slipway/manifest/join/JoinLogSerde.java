package dev.slipway.manifest.join;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link JoinLog} as JSON. */
final class JoinLogSerde implements Serde<JoinLog> {
    private static final ObjectWriter WRITER = EventJson.mapper().writerFor(JoinLog.class);
    private static final ObjectReader READER = EventJson.mapper().readerFor(JoinLog.class);

    @Override
    @SuppressWarnings("NullAway") // a store deletes by null
    public Serializer<JoinLog> serializer() {
        return (topic, log) -> log == null ? null : write(log);
    }

    @Override
    @SuppressWarnings("NullAway") // what is not in the store is null
    public Deserializer<JoinLog> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private static byte[] write(JoinLog log) {
        try {
            return WRITER.writeValueAsBytes(log);
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot write the log of a join", e);
        }
    }

    private static JoinLog read(String topic, byte[] bytes) {
        try {
            return READER.readValue(bytes);
        } catch (IOException e) {
            throw new SerializationException("cannot read the log of a join in '%s'".formatted(topic), e);
        }
    }
}
