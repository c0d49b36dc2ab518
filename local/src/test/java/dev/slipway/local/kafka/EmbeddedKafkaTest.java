package dev.slipway.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.events.Topic;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static EmbeddedKafka kafka;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.startTemporary();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void declaresEveryTopicOfTheContract() throws Exception {
        Set<String> names;
        try (Admin admin = admin(kafka)) {
            names = admin.listTopics().names().get();
        }

        assertThat(names).contains("slipway.build.requested.default");
        for (Topic topic : Topic.values()) {
            if (topic != Topic.BUILD_REQUESTED) {
                assertThat(names).contains(topic.topicName());
            }
        }
    }

    @Test
    void declaringAgainKeepsWhatAnOperatorChanged() throws Exception {
        try (Admin admin = admin(kafka)) {
            String topic = Topic.IMAGE_WARMED.topicName();
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5)))
                    .all()
                    .get();

            TopicDeclaration.standard().declareOn(kafka.bootstrapServers());

            await().untilAsserted(() -> assertThat(partitions(admin, topic)).hasSize(5));
        }
    }

    @Test
    void declaresTheTopicsOfMoreTenants() throws Exception {
        new TopicDeclaration(2, List.of("default", "payments")).declareOn(kafka.bootstrapServers());

        try (Admin admin = admin(kafka)) {
            String topic = Topic.requestsOf("payments");
            assertThat(partitions(admin, topic)).hasSize(2);
        }
    }

    @Test
    void refusesATopicOfOneOrderThatHasSeveralPartitions() throws Exception {
        try (EmbeddedKafka other = EmbeddedKafka.start(directory, 0);
                Admin admin = admin(other)) {
            String topic = Topic.TAG_MOVE_REQUESTED.topicName();
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();

            assertThatThrownBy(() -> TopicDeclaration.standard().declareOn(other.bootstrapServers()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "topic slipway.tag-move.requested has 3 partitions and must have one: its order is one");
        }
    }

    @Test
    void keepsRecordsOverARestart() throws Exception {
        int port;
        try (EmbeddedKafka first = EmbeddedKafka.start(directory, 0)) {
            TopicDeclaration.standard().declareOn(first.bootstrapServers());
            port = Integer.parseInt(first.bootstrapServers().split(":")[1]);
            send(first, Topic.IMAGE_PUBLISHED, new byte[] {1, 2, 3});
        }

        try (EmbeddedKafka second = EmbeddedKafka.start(directory, port)) {
            assertThat(receive(second, Topic.IMAGE_PUBLISHED)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        int taken = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);

        assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken)).isInstanceOf(BindException.class);
    }

    @Test
    void takesLargerRecordsAsDeadLettersOnly() throws Exception {
        byte[] large = new byte[Topic.MAX_RECORD_BYTES + 64 * 1024];

        send(kafka, Topic.DEAD_LETTER, large);

        assertThat(receive(kafka, Topic.DEAD_LETTER)).hasSameSizeAs(large);
        assertThatThrownBy(() -> send(kafka, Topic.BUILD_PROGRESS, large))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void takesARecordOfTheLimit() throws Exception {
        byte[] largest = new byte[Topic.MAX_RECORD_BYTES];

        send(kafka, Topic.BUILD_LOGS, largest);

        assertThat(receive(kafka, Topic.BUILD_LOGS)).hasSameSizeAs(largest);
    }

    private static Admin admin(EmbeddedKafka on) {
        return Admin.create(Map.of("bootstrap.servers", on.bootstrapServers()));
    }

    private static List<TopicPartitionInfo> partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).topicNameValues().values().stream()
                .findFirst()
                .orElseThrow()
                .get()
                .partitions();
    }

    private static void send(EmbeddedKafka to, Topic topic, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", to.bootstrapServers(), "max.request.size", 4 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), value)).get();
        }
    }

    private static byte[] receive(EmbeddedKafka from, Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        from.bootstrapServers(),
                        "group.id",
                        "test-" + topic,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.topicName()));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    return record.value();
                }
            }
        }
        throw new AssertionError("no record came on " + topic);
    }
}
