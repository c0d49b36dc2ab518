package dev.slipway.gateway.kafka;

import dev.slipway.events.Topic;
import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.kit.kafka.LogConsumers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log into the history and stays at its end, on a thread of its own. An outage of Kafka is waited out for as
 * long as it lasts.
 */
public final class HistoryReader {
    private static final Logger LOG = Logger.getLogger(HistoryReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LOOK_FOR_MISSING = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_NEW = Duration.ofSeconds(15);

    private final LogConsumers consumers;
    private final RecordEvents events;
    private final BuildHistory history;
    private final Clock clock;
    private final LogTopics topics = new LogTopics(Set.of(Topic.WORKER_STATUS));
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<String, byte[]> current;

    public HistoryReader(LogConsumers consumers, RecordEvents events, BuildHistory history, Clock clock) {
        this.consumers = consumers;
        this.events = events;
        this.history = history;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("history-reader").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Returns when the thread has ended. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join();
    }

    private void run() {
        while (!isStopped()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                LOG.warnf("slipway.log_unreadable bootstrap_servers=%s reason=%s", consumers, e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.errorf(e, "slipway.log_unreadable bootstrap_servers=%s", consumers);
                pause();
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        MergedLog log = new MergedLog(consumer, partition -> 0);
        Instant nextLook = Instant.MIN;
        boolean complete = false;
        while (!isStopped()) {
            if (!clock.instant().isBefore(nextLook)) {
                complete = lookForTopics(consumer, log, complete);
                nextLook = clock.instant().plus(complete ? LOOK_FOR_NEW : LOOK_FOR_MISSING);
            }
            if (log.isEmpty()) {
                pause();
                continue;
            }
            for (ConsumerRecord<String, byte[]> record : log.poll(complete ? POLL : PAUSE)) {
                events.read(record).ifPresent(history::append);
            }
            if (complete && log.isCaughtUp()) {
                history.caughtUp();
            }
        }
    }

    /** Returns whether all topics are there; while Kafka does not tell, they are as they were. */
    private boolean lookForTopics(Consumer<String, byte[]> consumer, MergedLog log, boolean before) {
        try {
            List<TopicPartition> partitions = topics.partitions(consumer, POLL);
            log.add(partitions);
            return topics.isComplete(partitions);
        } catch (TimeoutException e) {
            LOG.debugf("slipway.topics_unknown bootstrap_servers=%s reason=%s", consumers, e.getMessage());
            return before;
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void pause() {
        try {
            boolean ignored = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
