package dev.slipway.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.gateway.builds.EventCursor;
import dev.slipway.gateway.builds.EventCursor.Step;
import dev.slipway.gateway.builds.LogPosition;
import dev.slipway.gateway.builds.Stage;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.kafka.LogConsumers;
import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.kafka.TopicDeclaration;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryReaderTest {

    private static final EventWriter WRITER = new EventWriter("/test", Clock.systemUTC());

    private static EmbeddedKafka kafka;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.startTemporary();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
    }

    @Test
    void aPositionIsGoodAfterARestart() throws Exception {
        String build = EventIds.buildId("/test", "restart");
        send(build, started(build, 1));
        send(build, started(build, 2));
        LogPosition position;
        List<String> before = new ArrayList<>();
        try (Running first = new Running();
                EventCursor cursor = first.history.follow(build, LogPosition.START, Optional.empty())) {
            Step.Event one = event(cursor);
            before.add(one.event().id());
            position = LogPosition.parse(one.position().text());
        }
        send(build, started(build, 3));

        List<String> after = new ArrayList<>();
        try (Running second = new Running();
                EventCursor cursor = second.history.follow(build, position, Optional.empty())) {
            send(build, failed(build));
            for (int i = 0; i < 3; i++) {
                after.add(event(cursor).event().id());
            }
            assertThat(cursor.next(Duration.ofMillis(200))).isEqualTo(new Step.Quiet());
        }

        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(all)
                .containsExactly(
                        id(started(build, 1)), id(started(build, 2)), id(started(build, 3)), id(failed(build)));
    }

    @Test
    void rebuildsTheStateFromTheLog() throws Exception {
        String build = EventIds.buildId("/test", "rebuilt");
        send(build, started(build, 1));
        send(build, failed(build));

        try (Running running = new Running()) {
            assertThat(running.history.state(build))
                    .hasValueSatisfying(state -> assertThat(state.stage()).isEqualTo(Stage.PUBLISH_FAILED));
        }
    }

    @Test
    void passesOverWhatIsNoEvent() throws Exception {
        String build = EventIds.buildId("/test", "poisoned");
        producer.send(new ProducerRecord<>("slipway.build.progress", build, new byte[] {'{'}))
                .get();
        producer.send(new ProducerRecord<>("slipway.build.progress", build, null))
                .get();
        send(build, started(build, 1));

        try (Running running = new Running()) {
            assertThat(running.history.state(build)).isPresent();
        }
    }

    @Test
    void waitsForABrokerThatComesLater(@TempDir Path directory) throws Exception {
        BuildHistory history = new BuildHistory(100, 1_000_000);
        int port = freePort();
        HistoryReader reader = reader("127.0.0.1:" + port, history);
        reader.start();
        try {
            assertThat(history.awaitCaughtUp(Duration.ofSeconds(2))).isFalse();

            try (EmbeddedKafka late = EmbeddedKafka.start(directory, port)) {
                assertThat(history.awaitCaughtUp(Duration.ofSeconds(2))).isFalse();

                TopicDeclaration.standard().declareOn(late.bootstrapServers());

                assertThat(history.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
            }
        } finally {
            reader.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HistoryReader reader(String bootstrapServers, BuildHistory history) {
        return new HistoryReader(
                new LogConsumers(KafkaAccess.plain(bootstrapServers), Map.of("auto.offset.reset", "earliest")),
                new RecordEvents(new EventReader()),
                history,
                Clock.systemUTC());
    }

    /** A reader that has caught up. */
    private static final class Running implements AutoCloseable {
        private final BuildHistory history = new BuildHistory(100, 1_000_000);
        private final HistoryReader reader = reader(kafka.bootstrapServers(), history);

        Running() throws InterruptedException {
            reader.start();
            assertThat(history.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        }

        @Override
        public void close() throws InterruptedException {
            reader.stop();
        }
    }

    private static Step.Event event(EventCursor cursor) throws InterruptedException {
        return (Step.Event) cursor.next(Duration.ofSeconds(10));
    }

    private static void send(String build, Fact fact) throws Exception {
        Cause cause = new Cause(build, new TraceParent(EventIds.traceparent(build)), "cause");
        producer.send(WRITER.fact(fact, cause, SpanContext.getInvalid()).toProducerRecord())
                .get();
    }

    private static String id(Fact fact) {
        return "/test " + EventIds.eventId(dev.slipway.events.EventType.of(fact).ceType(), fact);
    }

    private static Fact started(String build, int attempt) {
        return new PlatformBuildStarted(build, "linux/amd64", attempt, "worker-1", "embedded", false);
    }

    private static Fact failed(String build) {
        return new ImagePublishFailed(
                build,
                List.of(new Failure(FailureCode.REGISTRY_UNAVAILABLE, "harbor answered 503", "harbor", true)),
                List.of());
    }
}
