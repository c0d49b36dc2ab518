package dev.slipway.gateway.kafka;

import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.WorkerState;
import dev.slipway.gateway.builds.EventLog.LogUnavailableException;
import dev.slipway.gateway.fleet.Fleet;
import dev.slipway.gateway.fleet.FleetWorker;
import dev.slipway.gateway.fleet.FleetWorker.Running;
import dev.slipway.gateway.fleet.FleetWorker.State;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.kafka.LogConsumers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The latest statuses, read anew for each caller: nobody has to read a record per worker and second for those who never ask. */
public final class KafkaFleet implements Fleet {
    private static final Logger LOG = Logger.getLogger(KafkaFleet.class);
    private static final TopicPartition STATUSES = new TopicPartition(Topic.WORKER_STATUS.topicName(), 0);
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final Duration SILENT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LogConsumers consumers;
    private final EventReader reader;
    private final Clock clock;

    public KafkaFleet(LogConsumers consumers, EventReader reader, Clock clock) {
        this.consumers = consumers;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public List<FleetWorker> workers() {
        Instant now = clock.instant();
        Map<String, WorkerStatus> latest = new TreeMap<>();
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            read(consumer, now.minus(REMEMBERED), latest);
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "Kafka at %s did not show the status of workers: %s".formatted(consumers, e.getMessage()));
        }
        return latest.values().stream().map(status -> worker(status, now)).toList();
    }

    private void read(Consumer<String, byte[]> consumer, Instant since, Map<String, WorkerStatus> latest) {
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(STATUSES, since.toEpochMilli()), PATIENCE)
                .get(STATUSES);
        if (first == null) {
            return;
        }
        List<TopicPartition> all = List.of(STATUSES);
        consumer.assign(all);
        consumer.seek(STATUSES, first.offset());
        long end = consumer.endOffsets(all, PATIENCE).getOrDefault(STATUSES, first.offset());
        Instant deadline = clock.instant().plus(PATIENCE);
        while (consumer.position(STATUSES, PATIENCE) < end && clock.instant().isBefore(deadline)) {
            consumer.poll(Duration.ofMillis(200))
                    .forEach(record -> status(record).ifPresent(status -> latest.put(status.worker(), status)));
        }
        if (consumer.position(STATUSES, PATIENCE) < end) {
            throw new LogUnavailableException(
                    "Kafka at %s showed no status of workers within %s".formatted(consumers, PATIENCE));
        }
    }

    private Optional<WorkerStatus> status(ConsumerRecord<String, byte[]> record) {
        try {
            return switch (reader.read(record.topic(), record.headers(), record.value(), WorkerEvent.class)
                    .event()) {
                case WorkerStatus status -> Optional.of(status);
            };
        } catch (MalformedEventException e) {
            LOG.debugf("slipway.status_unread offset=%d reason=%s", record.offset(), e.reason());
            return Optional.empty();
        }
    }

    private static FleetWorker worker(WorkerStatus status, Instant now) {
        State reported = status.state() == WorkerState.DRAINING ? State.DRAINING : State.READY;
        return new FleetWorker(
                status.worker(),
                status.pool(),
                status.sentAt().plus(SILENT).isBefore(now) ? State.SILENT : reported,
                status.labels(),
                status.nativePlatforms(),
                status.emulatedPlatforms(),
                status.builders(),
                status.slots(),
                status.running().stream()
                        .map(run -> new Running(run.buildId(), run.platform(), run.attempt()))
                        .toList(),
                status.sentAt());
    }
}
