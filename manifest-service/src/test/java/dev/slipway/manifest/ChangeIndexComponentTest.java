package dev.slipway.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.Topic;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.Received;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.signing.Images;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class ChangeIndexComponentTest {
    private static final String SOURCE = "/test/pipeline";

    private final String id = UUID.randomUUID().toString();
    private final String buildId = EventIds.buildId(SOURCE, id);
    private RegistryClient registries;
    private RegistryRepository staging;
    private String shop;
    private Child amd64;
    private Child arm64;
    private Bus bus;

    @BeforeEach
    void push() {
        registries = new RegistryClient();
        Reference place = Reference.parse(config("slipway.staging"));
        staging = registries.repository(place.repository());
        shop = place.repository().registry() + "/shop-" + id;
        RegistryRepository store = registries.repository(Reference.parse(shop).repository());
        amd64 = Images.push(store, "linux/amd64", "for amd64");
        arm64 = Images.push(store, "linux/arm64", "for arm64");
        store.tag(ImageIndex.of(List.of(entry(amd64), entry(arm64))).manifest(), "1");
        bus = new Bus(config("kafka.bootstrap.servers"), Topic.IMAGE_ASSEMBLED, Topic.DEAD_LETTER);
    }

    private static Descriptor entry(Child child) {
        return child.manifest().withPlatform(child.platform());
    }

    @AfterEach
    void disconnect() {
        bus.close();
        registries.close();
    }

    @Test
    void assemblesTheChangedIndexForThePublish() {
        ask("{\"reference\":\"%s:1\",\"remove\":[\"linux/amd64\"],\"tags\":[\"%s:arm\"],\"requester\":\"a\"}"
                .formatted(shop, shop));

        Received<?> received = bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId);
        assertThat(received.event()).isInstanceOf(ImageAssembled.class);
        ImageAssembled assembled = (ImageAssembled) received.event();
        assertThat(assembled.images()).extracting(PlatformImage::platform).containsExactly("linux/arm64");
        assertThat(assembled.plan().request().tags()).containsExactly(shop + ":arm");
        assertThat(assembled.plan().request().requester()).isEqualTo("a");
        assertThat(assembled.plan().tenant()).isEqualTo("default");
        assertThat(received.envelope().trace().value()).isEqualTo(EventIds.traceparent(buildId));
        assertThat(received.envelope().causationId()).contains(id);
        ImageIndex index = ImageIndex.of(staging.manifest(buildId + "-index").orElseThrow());
        assertThat(index.digest().value()).isEqualTo(assembled.index().digest());
        assertThat(index.manifests()).containsExactly(entry(arm64));
    }

    @Test
    void saysEverythingThatIsWrongWithARequest() {
        ask("{\"reference\":\"%s:1\",\"append\":[\"a//b\"],\"remove\":[\"plan9\"],\"tags\":[\"%s@%s\"]}"
                .formatted(shop, shop, amd64.manifest().digest()));

        ImageAssemblyFailed failed = (ImageAssemblyFailed)
                bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        assertThat(failed.failures())
                .extracting(dev.slipway.events.model.Failure::code)
                .containsExactly(
                        FailureCode.REFERENCE_INVALID, FailureCode.PLATFORM_UNKNOWN, FailureCode.REFERENCE_INVALID);
        assertThat(staging.resolve(buildId + "-index")).isEmpty();
    }

    @Test
    void saysThatANamedImageIsNotThere() {
        ask("{\"reference\":\"%s:2\",\"remove\":[\"linux/amd64\"]}".formatted(shop));

        ImageAssemblyFailed failed = (ImageAssemblyFailed)
                bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
            assertThat(failure.concerns()).isEqualTo(shop + ":2");
        });
    }

    @Test
    void wantsAKeyForSignatures() {
        ask("{\"reference\":\"%s:1\",\"remove\":[\"linux/amd64\"],\"sign\":true}".formatted(shop));

        ImageAssemblyFailed failed = (ImageAssemblyFailed)
                bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        assertThat(failed.failures())
                .extracting(dev.slipway.events.model.Failure::code)
                .containsExactly(FailureCode.SIGNING_KEY_MISSING);
    }

    /** As any Kafka producer may ask. */
    private void ask(String json) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.requestsOf("default"), buildId, json.getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_type",
                        EventType.INDEX_CHANGE_REQUESTED.ceType(),
                        "ce_source",
                        SOURCE,
                        "ce_id",
                        id,
                        "ce_time",
                        "2026-01-02T03:04:05Z",
                        "content-type",
                        "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        bus.send(record);
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
