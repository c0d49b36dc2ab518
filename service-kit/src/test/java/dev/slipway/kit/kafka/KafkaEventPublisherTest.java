package dev.slipway.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventTooLargeException;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.TraceParent;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class KafkaEventPublisherTest {
    private static final Cause CAUSE =
            new Cause("b", new TraceParent("00-11111111111111111111111111111111-2222222222222222-01"), "e0");

    @Test
    void sendsFactsInOrder() {
        MockProducer<String, byte[]> producer = producer(true);

        publisher(producer).publish(CAUSE, List.of(new BuildCancelled("a", "1"), new BuildCancelled("b", "2")));

        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("a", "b");
    }

    @Test
    void sendsNothingOfAListWithAnEventOverTheLimit() {
        MockProducer<String, byte[]> producer = producer(true);
        BuildCancelled large = new BuildCancelled("b", "x".repeat(1024 * 1024));

        assertThatThrownBy(() -> publisher(producer).publish(CAUSE, List.of(new BuildCancelled("a", "1"), large)))
                .isInstanceOf(EventTooLargeException.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void saysWhenKafkaDoesNotAcknowledge() {
        MockProducer<String, byte[]> producer = producer(true);
        producer.sendException = new TimeoutException("no broker");

        assertThatThrownBy(() -> publisher(producer).publish(CAUSE, new BuildCancelled("a", "1")))
                .isInstanceOf(BusUnavailableException.class)
                .hasMessageContaining("slipway.build.progress");
    }

    @Test
    void doesNotTakeARefusedRecordForAnOutage() {
        MockProducer<String, byte[]> producer = producer(true);
        producer.sendException = new RecordTooLargeException("over max.message.bytes");

        assertThatThrownBy(() -> publisher(producer).publish(CAUSE, new BuildCancelled("a", "1")))
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("slipway.build.progress");
    }

    private static KafkaEventPublisher publisher(MockProducer<String, byte[]> producer) {
        return new KafkaEventPublisher(producer, new EventWriter("/slipway/test", Clock.systemUTC()));
    }

    private static MockProducer<String, byte[]> producer(boolean autoComplete) {
        Partitioner none = new RoundRobinPartitioner();
        return new MockProducer<>(autoComplete, none, new StringSerializer(), new ByteArraySerializer());
    }
}
