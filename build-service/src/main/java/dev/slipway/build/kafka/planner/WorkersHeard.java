package dev.slipway.build.kafka.planner;

import dev.slipway.build.kafka.LogTail;
import dev.slipway.build.plan.OfferedBuilders;
import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.oci.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** What workers have said of themselves of late. One that restarts is remembered until it is back. */
public final class WorkersHeard implements OfferedBuilders {
    private static final Logger LOG = Logger.getLogger(WorkersHeard.class);

    private record Heard(WorkerStatus status, Instant at) {}

    private final EventReader reader = new EventReader();
    private final Clock clock;
    private final Duration patience;
    private final Duration memory;
    private final LogTail log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Heard> workers = new HashMap<>();

    /**
     * Sets up.
     *
     * @param patience how long a request may wait for a worker that can build it
     * @param memory how long a worker that says nothing counts
     */
    public WorkersHeard(Supplier<Consumer<String, byte[]>> consumers, Clock clock, Duration patience, Duration memory) {
        this.clock = clock;
        this.patience = patience;
        this.memory = memory;
        this.log = new LogTail(consumers, Topic.WORKER_STATUS, () -> {}, this::take);
    }

    public void start() {
        log.start();
    }

    public void stop() {
        log.stop();
    }

    @Override
    public List<Offer> await(String pool, Predicate<List<Offer>> enough) {
        lock.lock();
        try {
            long left = patience.toNanos();
            List<Offer> offers = offers(pool);
            while (!enough.test(offers) && left > 0) {
                left = changed.awaitNanos(left);
                offers = offers(pool);
            }
            return offers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // whoever stops this process says nothing about the request: it stays uncommitted
            throw new BusUnavailableException(
                    "interrupted while waiting to hear from workers of pool '%s'".formatted(pool), e);
        } finally {
            lock.unlock();
        }
    }

    void take(ConsumerRecord<String, byte[]> record) {
        try {
            switch (reader.read(record.topic(), record.headers(), record.value(), WorkerEvent.class)
                    .event()) {
                case WorkerStatus status -> hear(status);
            }
        } catch (MalformedEventException e) {
            LOG.warnf("slipway.status_unread offset=%d reason=%s", record.offset(), e.getMessage());
        }
    }

    private void hear(WorkerStatus status) {
        lock.lock();
        try {
            workers.put(status.worker(), new Heard(status, clock.instant()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Offer> offers(String pool) {
        Instant since = clock.instant().minus(memory);
        workers.values().removeIf(heard -> heard.at().isBefore(since));
        return workers.values().stream()
                .map(Heard::status)
                .filter(status -> status.pool().equals(pool))
                .flatMap(WorkersHeard::offers)
                .toList();
    }

    private static Stream<Offer> offers(WorkerStatus status) {
        List<Platform> platforms = Stream.concat(status.nativePlatforms().stream(), status.emulatedPlatforms().stream())
                .map(Platform::parse)
                .toList();
        return status.builders().stream().map(builder -> new Offer(builder, platforms, status.labels()));
    }
}
