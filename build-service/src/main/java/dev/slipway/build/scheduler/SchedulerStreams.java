package dev.slipway.build.scheduler;

import dev.slipway.events.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the topology, and starts it anew when it has failed. */
public final class SchedulerStreams {
    private static final Logger LOG = Logger.getLogger(SchedulerStreams.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Topology topology;
    private final Settings settings;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable KafkaStreams streams;

    /**
     * Where and how it runs.
     *
     * @param kafka what every client of Kafka is told: brokers, TLS, SASL
     * @param instance a name that survives restarts, so that a killed scheduler need not be missed before it goes on; two that
     *     run at once must not share it
     * @param stateDirectory nothing lies there but locks
     */
    public record Settings(Map<String, Object> kafka, Optional<String> instance, String stateDirectory) {}

    public SchedulerStreams(Topology topology, Settings settings) {
        this.topology = topology;
        this.settings = settings;
    }

    public synchronized void start() {
        if (stop.getCount() == 0) {
            return;
        }
        KafkaStreams next = new KafkaStreams(topology, properties(settings));
        next.setUncaughtExceptionHandler(failure -> {
            LOG.error("slipway.scheduler_failed", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        next.setStateListener((state, before) -> {
            if (state == State.ERROR) {
                Thread.ofVirtual().name("scheduler restart").start(() -> restart(next));
            }
        });
        streams = next;
        next.start();
    }

    public synchronized void stop() {
        stop.countDown();
        if (streams != null) {
            streams.close(new KafkaStreams.CloseOptions().leaveGroup(true).timeout(Duration.ofSeconds(5)));
        }
    }

    /** Whether queued builds are being assigned. */
    public synchronized boolean isRunning() {
        return streams != null && streams.state() == State.RUNNING;
    }

    /** Those of its Kafka clients; none while it does not run. */
    public synchronized Map<MetricName, ? extends Metric> metrics() {
        return streams == null ? Map.of() : streams.metrics();
    }

    private void restart(KafkaStreams failed) {
        failed.close(Duration.ofSeconds(5));
        try {
            if (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Properties properties(Settings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "slipway-scheduler");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_DEAD_LETTER_BYTES);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1500);
        settings.instance()
                .ifPresent(name -> properties.put(
                        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name));
        return properties;
    }
}
