package dev.slipway.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.events.AccessEvent.AccessDecided;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.EventIds;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.TagMoveEvent.TagMoveRequested;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.model.AccessDecision;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class PushServiceComponentTest {
    private static final String ASSEMBLER = "/slipway/manifest-service";
    private static final String AFTER_RESTART = "/slipway/manifest-service/again";

    private final String buildId = UUID.randomUUID().toString().replace("-", "");
    private final TraceParent trace = new TraceParent("00-" + buildId + "-" + "2".repeat(16) + "-01");

    @Inject
    RegistryClient registries;

    private TestImage image;
    private Bus bus;

    @BeforeEach
    void connect() {
        image = TestImage.in(repository(config("slipway.staging")), buildId, 100_000);
        bus = new Bus(
                config("kafka.bootstrap.servers"),
                Topic.TAG_MOVE_REQUESTED,
                Topic.PUBLISH_JOURNAL,
                Topic.TAG_STATE,
                Topic.IMAGE_PUBLISHED,
                Topic.ACCESS_DECIDED,
                Topic.DEAD_LETTER);
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    void publishesOnTwoRegistries() {
        String first = first("1");
        String second = second("1");

        bus.say(ASSEMBLER, buildId, assembled(first, second), trace);

        ConsumerRecord<String, byte[]> record =
                bus.hear(Topic.IMAGE_PUBLISHED, buildId, 1).getFirst();
        assertThat(Bus.read(record).event()).isInstanceOfSatisfying(ImagePublished.class, published -> {
            assertThat(published.index().digest())
                    .isEqualTo(image.index().digest().value());
            assertThat(published.targets())
                    .extracting(TargetOutcome::reference, TargetOutcome::state)
                    .containsExactly(tuple(first, TargetState.PUBLISHED), tuple(second, TargetState.PUBLISHED));
            assertThat(published.targets().getFirst().bytesMounted())
                    .as("taken over from staging, which is on the same registry")
                    .isGreaterThan(300_000);
            assertThat(published.targets().getLast().bytesSent()).isGreaterThan(300_000);
        });
        assertThat(List.of(first, second)).allSatisfy(this::assertPullable);
        assertHeaders(record, bus.hearOne(Topic.TAG_MOVE_REQUESTED, buildId));
        assertThat(List.of(first, second))
                .allSatisfy(reference -> assertThat(
                                bus.hearOne(Topic.TAG_STATE, reference).event())
                        .isEqualTo(new TagMoved(
                                reference, image.index().digest().value(), buildId, Examples.REQUESTED_AT)));
    }

    private void assertPullable(String reference) {
        RegistryRepository repository = repository(reference);
        assertThat(named(reference)).contains(image.index().digest());
        assertThat(image.children())
                .allSatisfy(child ->
                        assertThat(repository.manifest(child.digest().value())).contains(child));
        image.configs().forEach(config -> assertThat(repository.blob(config)).hasSize((int) config.size()));
        image.layers().forEach(layer -> assertThat(repository.blob(layer)).hasSize((int) layer.size()));
    }

    private void assertHeaders(ConsumerRecord<String, byte[]> record, Received<?> cause) {
        Received<?> received = Bus.read(record);
        assertThat(cause.event()).isInstanceOf(TagMoveRequested.class);
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_type")).isEqualTo("dev.slipway.image.published.v1");
        assertThat(header(record, "ce_id"))
                .isEqualTo(EventIds.eventId("dev.slipway.image.published.v1", (PublishEvent) received.event()));
        assertThat(header(record, "ce_source")).isEqualTo("/slipway/push-service");
        assertThat(header(record, "ce_subject")).isEqualTo(buildId);
        assertThat(header(record, "ce_partitionkey")).isEqualTo(buildId);
        assertThat(header(record, "ce_correlationid")).isEqualTo(buildId);
        assertThat(header(record, "ce_causationid")).isEqualTo(cause.envelope().id());
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(header(record, "ce_traceparent")).isEqualTo(trace.value());
        assertThat(received.envelope().hop()).hasValueSatisfying(hop -> {
            assertThat(hop.traceId()).isEqualTo(trace.traceId());
            assertThat(hop.spanId()).isNotEqualTo(trace.spanId());
        });
    }

    @Test
    void saysTheSameAndMovesNothingWhenAnEventComesAgain() {
        String first = first("again");
        String second = second("again");
        bus.say(ASSEMBLER, buildId, assembled(first, second), trace);
        TagMoveRequested move = (TagMoveRequested)
                bus.hearOne(Topic.TAG_MOVE_REQUESTED, buildId).event();
        bus.hear(Topic.IMAGE_PUBLISHED, buildId, 1);
        Manifest newer = TestImage.in(repository(first), "newer", 10).index();
        repository(first).tag(newer, "again");

        bus.say(AFTER_RESTART, buildId, assembled(first, second), trace);
        bus.hear(Topic.IMAGE_PUBLISHED, buildId, 2);
        bus.say(AFTER_RESTART, buildId, move, trace);

        assertThat(bus.hear(Topic.IMAGE_PUBLISHED, buildId, 3))
                .allSatisfy(record -> assertThat(record.value())
                        .isEqualTo(bus.of(Topic.IMAGE_PUBLISHED, buildId)
                                .getFirst()
                                .value()))
                .extracting(record -> header(record, "ce_id"))
                .hasSize(3)
                .containsOnly(header(bus.of(Topic.IMAGE_PUBLISHED, buildId).getFirst(), "ce_id"));
        assertThat(named(first)).as("somebody moved it since").contains(newer.digest());
        assertThat(bus.of(Topic.TAG_STATE, first)).hasSize(1);
        assertThat(bus.of(Topic.PUBLISH_JOURNAL, buildId)).hasSize(1);
    }

    @Test
    void putsTheOtherTagBackWhereATargetRefusesItsOwn() {
        String first = first("undone");
        String fresh = first("fresh");
        String refused = second(Peers.REFUSED_TAG);
        Manifest old = TestImage.in(repository(first), "old", 10).index();
        repository(first).tag(old, "undone");

        bus.say(ASSEMBLER, buildId, assembled(first, fresh, refused), trace);

        assertThat(bus.hearOne(Topic.IMAGE_PUBLISHED, buildId).event())
                .isInstanceOfSatisfying(ImagePublishFailed.class, failed -> {
                    assertThat(failed.failures())
                            .extracting(Failure::code)
                            .containsOnly(FailureCode.REGISTRY_UNAUTHORIZED);
                    assertThat(failed.failures().getFirst().message()).contains(config(Peers.SECOND));
                    assertThat(failed.targets())
                            .filteredOn(target -> target.reference().equals(refused))
                            .extracting(TargetOutcome::state)
                            .containsExactly(TargetState.UNTOUCHED);
                });
        assertThat(named(first)).contains(old.digest());
        assertThat(named(fresh)).isEmpty();
        assertThat(named(refused)).isEmpty();
        assertThat(bus.of(Topic.TAG_STATE, first)).isEmpty();
    }

    @Test
    void publishesNothingWhereTheFileOfRulesDoesNotAllowIt() {
        String first = first("allowed");
        String forbidden = "%s/%s/app:1".formatted(config(Peers.SECOND), Peers.FORBIDDEN);

        bus.say(ASSEMBLER, buildId, assembled(first, forbidden), trace);

        assertThat(bus.hearOne(Topic.IMAGE_PUBLISHED, buildId).event())
                .isInstanceOfSatisfying(
                        ImagePublishFailed.class,
                        failed -> assertThat(failed.failures())
                                .extracting(Failure::code)
                                .containsExactly(FailureCode.ACCESS_DENIED));
        assertThat(bus.hearOne(Topic.ACCESS_DECIDED, buildId).event())
                .isInstanceOfSatisfying(AccessDecided.class, decided -> {
                    assertThat(decided.decision()).isEqualTo(AccessDecision.DENIED);
                    assertThat(decided.denied()).containsExactly(forbidden);
                });
        assertThat(named(first)).isEmpty();
    }

    @Test
    void rollsBackToAnImageThatOnlyOneRegistryStillHas() {
        RegistryRepository staging = repository(config("slipway.staging"));
        String first = first("back");
        String second = second("back");
        Manifest statement = image.referrer(staging, "sbom");
        bus.say(ASSEMBLER, buildId, Examples.assembled(buildId, image, statement, first, second), trace);
        bus.hear(Topic.IMAGE_PUBLISHED, buildId, 1);
        String newerBuild = publishNewer(first, second);
        staging.deleteManifest(image.index().digest());
        repository(second).deleteManifest(statement.digest());
        repository(second).deleteManifest(image.index().digest());

        String rollback = bus.ask(new RollbackRequested(second, "previous", "ops"));

        assertThat(bus.hearOne(Topic.IMAGE_PUBLISHED, rollback).event())
                .isInstanceOfSatisfying(
                        ImageRolledBack.class,
                        rolledBack -> assertThat(rolledBack.targets())
                                .extracting(TargetOutcome::reference, TargetOutcome::state)
                                .containsExactly(
                                        tuple(first, TargetState.PUBLISHED), tuple(second, TargetState.PUBLISHED)));
        assertThat(List.of(first, second)).allSatisfy(this::assertPullable);
        assertThat(repository(second).referrers(image.index().digest(), Optional.empty()))
                .extracting(Descriptor::digest)
                .containsExactly(statement.digest());
        assertThat(bus.hear(Topic.TAG_STATE, first, 3))
                .extracting(record -> ((TagMoved) Bus.read(record).event()).buildId())
                .containsExactly(buildId, newerBuild, rollback);
    }

    @Test
    void copiesWhatExistsWithAllThatIsAttached() {
        RegistryRepository origin = repository(config(Peers.FIRST) + "/origin/" + buildId + ":1");
        TestImage existing = TestImage.in(origin, buildId + "-origin", 1_000);
        origin.tag(existing.index(), "1");
        Manifest statement = existing.referrer(origin, "sbom");
        String first = first("copied");
        String second = second("copied");

        String copy = bus.ask(new CopyRequested(origin.name() + ":1", List.of(first, second), List.of(), "ops"));

        assertThat(bus.hearOne(Topic.IMAGE_PUBLISHED, copy).event()).isInstanceOf(ImagePublished.class);
        assertThat(List.of(first, second)).allSatisfy(tag -> {
            assertThat(named(tag)).contains(existing.index().digest());
            assertThat(repository(tag).referrers(existing.index().digest(), Optional.empty()))
                    .extracting(Descriptor::digest)
                    .containsExactly(statement.digest());
            existing.layers()
                    .forEach(layer -> assertThat(repository(tag).blob(layer)).hasSize((int) layer.size()));
        });
    }

    private String publishNewer(String... tags) {
        String newerBuild = UUID.randomUUID().toString().replace("-", "");
        TestImage newer = TestImage.in(repository(config("slipway.staging")), newerBuild, 10);
        bus.say(ASSEMBLER, newerBuild, Examples.assembled(newerBuild, newer, tags), trace);
        bus.hear(Topic.IMAGE_PUBLISHED, newerBuild, 1);
        return newerBuild;
    }

    @Test
    void putsAsideWhatItCannotReadAndGoesOn() {
        for (Topic topic : List.of(Topic.IMAGE_ASSEMBLED, Topic.TAG_MOVE_REQUESTED)) {
            bus.send(new ProducerRecord<>(topic.topicName(), buildId, "garbage".getBytes(UTF_8)));
        }

        bus.say(ASSEMBLER, buildId, assembled(first("after-garbage")), trace);

        assertThat(bus.hear(Topic.DEAD_LETTER, buildId, 2))
                .allSatisfy(letter -> assertThat(letter.value()).asString(UTF_8).isEqualTo("garbage"))
                .extracting(letter -> header(letter, "dead-letter-topic"))
                .containsExactlyInAnyOrder(Topic.IMAGE_ASSEMBLED.topicName(), Topic.TAG_MOVE_REQUESTED.topicName());
        bus.hear(Topic.TAG_STATE, first("after-garbage"), 1);
        assertThat(bus.hear(Topic.IMAGE_PUBLISHED, buildId, 1)).hasSize(1);
    }

    private ImageAssembled assembled(String... tags) {
        return Examples.assembled(buildId, image, tags);
    }

    private String first(String tag) {
        return config(Peers.FIRST) + "/team/" + buildId + ":" + tag;
    }

    private String second(String tag) {
        return config(Peers.SECOND) + "/team/" + buildId + ":" + tag;
    }

    private RegistryRepository repository(String reference) {
        return registries.repository(Reference.parse(reference).repository());
    }

    private Optional<Digest> named(String reference) {
        return repository(reference)
                .resolve(Reference.parse(reference).identifier())
                .map(Descriptor::digest);
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
