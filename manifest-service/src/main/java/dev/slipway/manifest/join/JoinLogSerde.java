package dev.slipway.manifest.join;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.slipway.kit.events.EventJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link JoinLog} as deflated JSON: most of it is names that come again for every platform. */
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
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
            try (OutputStream out = new DeflaterOutputStream(bytes)) {
                WRITER.writeValue(out, log);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new SerializationException("cannot write the log of a join", e);
        }
    }

    private static JoinLog read(String topic, byte[] bytes) {
        try {
            return READER.readValue(new InflaterInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new SerializationException("cannot read the log of a join in '%s'".formatted(topic), e);
        }
    }
}
