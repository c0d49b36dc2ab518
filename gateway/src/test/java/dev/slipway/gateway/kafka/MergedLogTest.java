package dev.slipway.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MergedLogTest {

    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void whatWasThereComesInTheOrderOfItsTimes() {
        MergedLog log = log(2, 2, 0);
        add(A, 0, 10);
        add(A, 1, 30);
        add(B, 0, 20);
        add(B, 1, 40);

        assertThat(times(log)).containsExactly(10L, 20L, 30L, 40L);
        assertThat(log.isCaughtUp()).isTrue();
    }

    @Test
    void waitsForAPartitionThatIsBehind() {
        MergedLog log = log(2, 1, 0);
        add(A, 0, 10);
        add(A, 1, 30);

        assertThat(times(log)).isEmpty();
        assertThat(log.isCaughtUp()).isFalse();

        add(B, 0, 20);

        assertThat(times(log)).containsExactly(10L, 20L, 30L);
        assertThat(log.isCaughtUp()).isTrue();
    }

    @Test
    void whatComesLaterComesAtOnce() {
        MergedLog log = log(1, 0, 0);
        add(A, 0, 10);
        assertThat(times(log)).containsExactly(10L);

        add(A, 1, 5);

        assertThat(times(log)).containsExactly(5L);
    }

    @Test
    void orderInsideAPartitionIsKeptWhateverTheTimesSay() {
        MergedLog log = log(2, 1, 0);
        add(A, 0, 30);
        add(A, 1, 10);
        add(B, 0, 20);

        assertThat(times(log)).containsExactly(20L, 30L, 10L);
    }

    @Test
    void startsWhereItIsTold() {
        MergedLog log = log(2, 0, 1);
        add(A, 0, 10);
        add(A, 1, 20);

        assertThat(times(log)).containsExactly(20L);
    }

    @Test
    void anEmptyLogIsReadAtOnce() {
        assertThat(log(0, 0, 0).isCaughtUp()).isTrue();
    }

    private MergedLog log(long endOfA, long endOfB, long from) {
        consumer.updateBeginningOffsets(Map.of(A, 0L, B, 0L));
        consumer.updateEndOffsets(Map.of(A, endOfA, B, endOfB));
        MergedLog log = new MergedLog(consumer, partition -> from);
        assertThat(log.add(List.of(A, B))).isTrue();
        assertThat(log.add(List.of(A, B))).isFalse();
        return log;
    }

    private void add(TopicPartition partition, long offset, long time) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
    }

    private static List<Long> times(MergedLog log) {
        return log.poll(Duration.ZERO).stream().map(ConsumerRecord::timestamp).toList();
    }
}
