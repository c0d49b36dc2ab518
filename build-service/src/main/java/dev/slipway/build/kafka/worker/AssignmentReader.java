package dev.slipway.build.kafka.worker;

import dev.slipway.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of assignments from its end on, outside any group: every worker reads all. What was assigned before this
 * process started was meant for an earlier one.
 */
public final class AssignmentReader {
    private static final Logger LOG = Logger.getLogger(AssignmentReader.class);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Worker worker;
    private final StatusReporter status;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("assignments").daemon().unstarted(this::run);
    private volatile @Nullable Consumer<String, byte[]> current;
    private boolean announced;

    public AssignmentReader(Supplier<Consumer<String, byte[]>> consumers, Worker worker, StatusReporter status) {
        this.consumers = consumers;
        this.worker = worker;
        this.status = status;
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        stop.countDown();
        Consumer<String, byte[]> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (isGoingOn()) {
                try (Consumer<String, byte[]> consumer = consumers.get()) {
                    current = consumer;
                    read(consumer);
                } catch (WakeupException e) {
                    LOG.debug("stopped reading assignments");
                } catch (KafkaException e) {
                    LOG.warnf("slipway.assignments_unread reason=%s", e.getMessage());
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<String, byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        if (!announced && isGoingOn()) {
            announced = true;
            status.start();
        }
        while (isGoingOn()) {
            consumer.poll(Duration.ofSeconds(1)).forEach(worker::take);
        }
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) throws InterruptedException {
        String topic = Topic.PLATFORM_BUILD_ASSIGNED.topicName();
        while (isGoingOn()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (!partitions.isEmpty()) {
                return partitions;
            }
            LOG.warnf("slipway.topic_missing topic=%s", topic);
            pause();
        }
        return List.of();
    }

    private boolean isGoingOn() {
        return stop.getCount() > 0;
    }

    private void pause() throws InterruptedException {
        if (stop.await(1, TimeUnit.SECONDS)) {
            LOG.debug("stopped while waiting for Kafka");
        }
    }
}
