package dev.slipway.push.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.Topic;
import dev.slipway.kit.events.BusUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TopicTailTest {
    private static final String TOPIC = Topic.TAG_STATE.topicName();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final InMemoryTopics topics = new InMemoryTopics();
    private final List<String> taken = new ArrayList<>();
    private final TopicTail tail = new TopicTail(topics, List.of(TOPIC), record -> taken.add(record.key()));

    private void append(String... keys) {
        for (String key : keys) {
            topics.append(TOPIC, key, new byte[0]);
        }
    }

    @Test
    void takesInWhatIsThereOnce() {
        append("a", "b");
        tail.readToEnd();
        append("c");

        tail.readToEnd();
        tail.readToEnd();

        assertThat(taken).containsExactly("a", "b", "c");
    }

    @Test
    void readsARecordAgain() {
        append("a", "b");

        assertThat(tail.read(PARTITION, 1))
                .get()
                .extracting(ConsumerRecord::key)
                .isEqualTo("b");
    }

    @Test
    void doesNotTakeALaterRecordForOneThatIsGone() {
        append("a", "b");
        topics.forgetBefore(PARTITION, 1);

        assertThat(tail.read(PARTITION, 0)).isEmpty();
    }

    @Test
    void saysThatATopicIsNotThere() {
        TopicTail missing = new TopicTail(topics, List.of("no.such.topic"), record -> {});

        assertThatThrownBy(missing::readToEnd)
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("no.such.topic");
    }

    @Test
    void readsNothingOnceClosed() {
        tail.close();

        assertThatThrownBy(tail::readToEnd).isInstanceOf(IllegalStateException.class);
    }
}
