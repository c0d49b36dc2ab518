package dev.slipway.build.kafka;

import dev.slipway.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads a topic from its end on, outside any group, so that every process reads all of it. */
public final class LogTail {
    private static final Logger LOG = Logger.getLogger(LogTail.class);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final Runnable positioned;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> taker;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<String, byte[]> current;
    private boolean announced;

    /**
     * Sets up.
     *
     * @param positioned called once, as soon as nothing that is written from then on is missed
     * @param taker of each record, in order; must not block for long
     */
    public LogTail(
            Supplier<Consumer<String, byte[]>> consumers,
            Topic topic,
            Runnable positioned,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> taker) {
        this.consumers = consumers;
        this.topic = topic.topicName();
        this.positioned = positioned;
        this.taker = taker;
        this.thread = Thread.ofPlatform().name("tail of " + this.topic).daemon().unstarted(this::run);
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
                    LOG.debugf("stopped reading %s", topic);
                } catch (KafkaException e) {
                    LOG.warnf("slipway.log_unread topic=%s reason=%s", topic, e.getMessage());
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
            positioned.run();
        }
        while (isGoingOn()) {
            consumer.poll(Duration.ofSeconds(1)).forEach(taker);
        }
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) throws InterruptedException {
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
