package dev.slipway.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.events.EventIds;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupOutcome;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.MediaTypes;
import dev.slipway.warmup.kafka.KeepingByEvents;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class WarmupServiceComponentTest {
    private static final String PUSHER = "/slipway/push-service";
    private static final String AFTER_RESTART = "/slipway/push-service/again";

    private final String buildId = UUID.randomUUID().toString().replace("-", "");
    private final TraceParent trace = new TraceParent("00-" + buildId + "-" + "2".repeat(16) + "-01");
    private final Descriptor index = Descriptor.of(MediaTypes.IMAGE_INDEX, "sha256:" + buildId + buildId, 7);

    /** No cluster, and the image. */
    private final String key = "|" + index.digest();

    @Inject
    KeepingByEvents keeping;

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus(
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                Topic.IMAGE_WARMED,
                Topic.DEAD_LETTER);
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    private ImagePublished published() {
        return new ImagePublished(buildId, index, List.of(), List.of(), List.of(), Duration.ZERO, null, null);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void skipsAPublishedImageWhereThereIsNoCluster() {
        bus.say(PUSHER, buildId, published(), trace);

        ConsumerRecord<String, byte[]> record =
                bus.hear(Topic.IMAGE_WARMED, key, 1).getFirst();
        ImageWarmed expected =
                new ImageWarmed(buildId, "", index.digest(), WarmupOutcome.SKIPPED_NO_CLUSTER, 0, null, null);
        assertThat(Bus.read(record).event()).isEqualTo(expected);
        assertThat(header(record, "ce_type")).isEqualTo("dev.slipway.image.warmed.v1");
        assertThat(header(record, "ce_id")).isEqualTo(EventIds.eventId("dev.slipway.image.warmed.v1", expected));
        assertThat(header(record, "ce_source")).isEqualTo("/slipway/warmup-service");
        assertThat(header(record, "ce_subject")).isEqualTo(buildId);
        assertThat(header(record, "ce_correlationid")).isEqualTo(buildId);
        assertThat(header(record, "ce_partitionkey")).isEqualTo(key);
        assertThat(header(record, "ce_causationid"))
                .isEqualTo(EventIds.eventId("dev.slipway.image.published.v1", published()));
        assertThat(header(record, "ce_traceparent")).isEqualTo(trace.value());
        assertThat(Bus.read(record).envelope().hop())
                .hasValueSatisfying(hop -> assertThat(hop.traceId()).isEqualTo(trace.traceId()));
    }

    @Test
    void endsARequestThatCannotBe() {
        WarmupSpec spec = new WarmupSpec(List.of("eu"), Map.of(), List.of(), null, false, null);
        String asked = bus.ask("a:b:c", spec, trace);

        WarmupFailed failed = (WarmupFailed)
                Bus.read(bus.hear(Topic.IMAGE_WARMED, "|", 1).getFirst()).event();
        assertThat(failed.buildId()).isEqualTo(asked);
        assertThat(failed.failures()).extracting(Failure::code).containsExactly(FailureCode.REFERENCE_INVALID);
    }

    @Test
    void keepsWhatEventsSayAndFollowsTheTag() {
        String old = "sha256:" + "0".repeat(64);
        bus.say(
                PUSHER,
                buildId,
                new WarmSetChanged(
                        buildId,
                        "eu",
                        "a.test/x:1",
                        old,
                        Map.of(),
                        Instant.now().plusSeconds(600)),
                trace);
        await().until(() -> digests().equals(List.of(old)));

        bus.say(PUSHER, buildId, new TagMoved("a.test/x:1", index.digest(), buildId, Instant.now()), trace);

        await().until(() -> digests().equals(List.of(index.digest())));
    }

    private List<String> digests() {
        return keeping.kept().stream()
                .map(kept -> kept.image().digest().value())
                .toList();
    }

    @Test
    void followsARollbackAsItFollowsAPublish() {
        bus.say(
                PUSHER,
                buildId,
                new ImageRolledBack(buildId, index, List.of(), List.of(), List.of(), Duration.ZERO, null, null),
                trace);

        assertThat(bus.hear(Topic.IMAGE_WARMED, key, 1))
                .singleElement()
                .satisfies(record -> assertThat(header(record, "ce_type")).isEqualTo("dev.slipway.image.warmed.v1"));
    }

    @Test
    void saysTheSameWhenAnEventComesAgain() {
        bus.say(PUSHER, buildId, published(), trace);
        bus.hear(Topic.IMAGE_WARMED, key, 1);

        bus.say(AFTER_RESTART, buildId, published(), trace);

        assertThat(bus.hear(Topic.IMAGE_WARMED, key, 2))
                .extracting(record -> header(record, "ce_id"))
                .hasSize(2)
                .containsOnly(header(bus.hear(Topic.IMAGE_WARMED, key, 1).getFirst(), "ce_id"));
    }

    @Test
    void putsAsideWhatItCannotReadAndGoesOn() {
        Failure failure = new Failure(FailureCode.REGISTRY_UNAVAILABLE, "for the test", null, true);
        bus.send(new ProducerRecord<>(Topic.IMAGE_PUBLISHED.topicName(), buildId, "garbage".getBytes(UTF_8)));
        bus.say(PUSHER, buildId, new ImagePublishFailed(buildId, List.of(failure), List.of()), trace);
        bus.say(PUSHER, buildId, published(), trace);

        ConsumerRecord<String, byte[]> letter =
                bus.hear(Topic.DEAD_LETTER, buildId, 1).getFirst();
        assertThat(letter.value()).asString(UTF_8).isEqualTo("garbage");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topic.IMAGE_PUBLISHED.topicName());
        assertThat(bus.hear(Topic.IMAGE_WARMED, key, 1))
                .as("of the publish, and nothing of the failure")
                .hasSize(1);
        assertThat(bus.hear(Topic.DEAD_LETTER, buildId, 1)).hasSize(1);
    }
}
