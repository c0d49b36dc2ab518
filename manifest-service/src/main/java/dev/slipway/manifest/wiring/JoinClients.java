package dev.slipway.manifest.wiring;

import dev.slipway.kit.kafka.KafkaAccess;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The join's clients reach Kafka as all others do. */
final class JoinClients implements KafkaClientSupplier {
    private final KafkaClientSupplier kafkas = new DefaultKafkaClientSupplier();
    private final KafkaAccess access;

    JoinClients(KafkaAccess access) {
        this.access = access;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return kafkas.getAdmin(access.with(config));
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return kafkas.getProducer(access.with(config));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return kafkas.getConsumer(access.with(config));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return kafkas.getRestoreConsumer(access.with(config));
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return kafkas.getGlobalConsumer(access.with(config));
    }
}
