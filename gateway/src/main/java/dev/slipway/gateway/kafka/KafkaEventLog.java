package dev.slipway.gateway.kafka;

import dev.slipway.events.Topic;
import dev.slipway.gateway.builds.EventCursor;
import dev.slipway.gateway.builds.EventLog;
import dev.slipway.gateway.builds.LogPosition;
import dev.slipway.gateway.builds.LogPosition.Partition;
import dev.slipway.gateway.builds.LoggedEvent;
import dev.slipway.kit.kafka.LogConsumers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** The log read anew for each reader. Every reader costs a consumer, so there are only so many. */
public final class KafkaEventLog implements EventLog {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LogConsumers consumers;
    private final RecordEvents events;
    private final Semaphore free;
    private final int readersAtMost;

    public KafkaEventLog(LogConsumers consumers, RecordEvents events, int readersAtMost) {
        this.consumers = consumers;
        this.events = events;
        this.free = new Semaphore(readersAtMost);
        this.readersAtMost = readersAtMost;
    }

    @Override
    public EventCursor read(LogPosition from, boolean follow, boolean workers) {
        if (!free.tryAcquire()) {
            throw new LogUnavailableException("%d readers read the whole log already".formatted(readersAtMost));
        }
        Consumer<String, byte[]> consumer = consumers.get();
        try {
            LogTopics topics = new LogTopics(workers ? Set.of() : Set.of(Topic.WORKER_STATUS));
            MergedLog log = new MergedLog(
                    consumer, partition -> from.next(new Partition(partition.topic(), partition.partition())));
            if (!log.add(topics.partitions(consumer, PATIENCE))) {
                throw new TimeoutException("it has none of the contract's topics yet");
            }
            return new Cursor(consumer, log, from, follow);
        } catch (KafkaException e) {
            consumer.close();
            free.release();
            throw new LogUnavailableException(
                    "Kafka at %s did not show its topics: %s".formatted(consumers, e.getMessage()));
        }
    }

    private final class Cursor implements EventCursor {
        private final Consumer<String, byte[]> consumer;
        private final MergedLog log;
        private final boolean follow;
        private final Queue<LoggedEvent> ready = new ArrayDeque<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private LogPosition position;

        Cursor(Consumer<String, byte[]> consumer, MergedLog log, LogPosition from, boolean follow) {
            this.consumer = consumer;
            this.log = log;
            this.position = from;
            this.follow = follow;
        }

        @Override
        public Step next(Duration patience) {
            try {
                long deadline = System.nanoTime() + patience.toNanos();
                while (ready.isEmpty() && !stopped.get()) {
                    boolean behind = !log.isCaughtUp();
                    Duration left = Duration.ofNanos(deadline - System.nanoTime());
                    if (!behind && !follow) {
                        return new Step.Ended();
                    }
                    if (left.isNegative() || left.isZero()) {
                        return new Step.Quiet();
                    }
                    log.poll(left).forEach(record -> events.read(record).ifPresent(ready::add));
                }
            } catch (WakeupException e) {
                return new Step.Ended();
            }
            LoggedEvent event = ready.poll();
            if (stopped.get() || event == null) {
                return new Step.Ended();
            }
            position = position.after(event.at(), event.offset());
            return new Step.Event(event, position);
        }

        @Override
        public void stop() {
            stopped.set(true);
            consumer.wakeup();
        }

        @Override
        public void close() {
            consumer.close();
            free.release();
        }
    }
}
