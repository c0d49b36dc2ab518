package dev.slipway.gateway.wiring;

import dev.slipway.events.Topic;
import dev.slipway.gateway.FindContext;
import dev.slipway.gateway.RequestContract;
import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.kafka.HistoryReader;
import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Starts and stops what runs beside the calls. */
@Singleton
final class GatewayLifecycle {
    private static final Logger LOG = Logger.getLogger(GatewayLifecycle.class);

    private final HistoryReader reader;
    private final RequestContract contract;
    private final FindContext findContext;
    private final Producer<String, byte[]> producer;
    private final GatewayConfig config;

    GatewayLifecycle(
            HistoryReader reader,
            RequestContract contract,
            FindContext findContext,
            Producer<String, byte[]> producer,
            GatewayConfig config) {
        this.reader = reader;
        this.contract = contract;
        this.findContext = findContext;
        this.producer = producer;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        reader.start();
        Thread.ofVirtual().name("first-request").start(this::prepareFirstRequest);
        Thread.ofVirtual().name("first-context").start(this::prepareFirstContext);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        reader.stop();
    }

    /** Opens the first connection to staging, for the same reason. */
    private void prepareFirstContext() {
        try {
            boolean ignored = findContext.isThere(Digest.of(new byte[0]));
        } catch (StoreException e) {
            LOG.debugf("slipway.staging_unavailable reason=%s", e.getMessage());
        }
    }

    /** Loads schemas and asks the broker for the topic, so that the first caller does not wait for it. */
    private void prepareFirstRequest() {
        contract.violations(new RequestDocument(Map.of("type", "dev.slipway.build.requested.v1"), "{}"));
        try {
            producer.partitionsFor(Topic.requestsOf(config.tenant()));
        } catch (KafkaException e) {
            LOG.debugf("slipway.bus_unavailable reason=%s", e.getMessage());
        }
    }
}
