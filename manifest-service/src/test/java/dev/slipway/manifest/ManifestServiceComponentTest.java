package dev.slipway.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.manifest.join.Samples;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class ManifestServiceComponentTest {
    private static final String AMD64 = "linux/amd64";
    private static final String ARM64 = "linux/arm64";

    private final String buildId = UUID.randomUUID().toString().replace("-", "");
    private final TraceParent trace = new TraceParent(EventIds.traceparent(buildId));
    private RegistryClient registries;
    private RegistryRepository staging;
    private Bus bus;

    @BeforeEach
    void connect() {
        registries = new RegistryClient();
        staging =
                registries.repository(Reference.parse(config("slipway.staging")).repository());
        bus = new Bus(
                config("kafka.bootstrap.servers"),
                Topic.IMAGE_ASSEMBLED,
                Topic.IMAGE_ASSEMBLY_READY,
                Topic.DEAD_LETTER);
    }

    @AfterEach
    void disconnect() {
        bus.close();
        registries.close();
    }

    @Test
    void assemblesWhatPlannerAndWorkersSay() {
        // given
        PlatformImage amd = pushed(AMD64);
        PlatformImage arm = pushed(ARM64);

        // when
        say(built(arm), "a".repeat(16));
        say(planned(Instant.now().plusSeconds(600)), "b".repeat(16));
        say(built(amd), "c".repeat(16));

        // then
        Received<?> received = bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId);
        assertThat(received.event()).isInstanceOf(ImageAssembled.class);
        ImageAssembled assembled = (ImageAssembled) received.event();
        assertThat(assembled.images()).containsExactly(amd, arm);
        assertThat(received.envelope().trace()).isEqualTo(trace);
        assertThat(received.envelope().source()).isEqualTo("/slipway/manifest-service");
        ImageIndex index = ImageIndex.of(staging.manifest(buildId + "-index").orElseThrow());
        assertThat(index.digest().value()).isEqualTo(assembled.index().digest());
        assertThat(index.manifests())
                .extracting(child -> child.digest().value())
                .containsExactly(amd.manifest().digest(), arm.manifest().digest());
        assertThat(index.annotations())
                .containsEntry("org.opencontainers.image.created", "2026-01-02T03:04:05Z")
                .containsKey("org.opencontainers.image.revision");
        assertSpansLinkToThePlatforms();
    }

    private void assertSpansLinkToThePlatforms() {
        String spans = eventually(
                config("quarkus.otel.exporter.otlp.endpoint") + "/v1/traces/" + trace.traceId(), "assemble index");
        assertThat(spans).contains("join platforms").contains("a".repeat(16)).contains("c".repeat(16));
    }

    @Test
    void givesTheSameIndexToARepeatedRequest() {
        say(planned(Instant.now().plusSeconds(600)), "b".repeat(16));
        say(built(pushed(ARM64)), "a".repeat(16));
        say(built(pushed(AMD64)), "c".repeat(16));
        ImageAssembled first =
                (ImageAssembled) bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        say(built(pushed(AMD64)), "d".repeat(16));

        bus.hear(Topic.IMAGE_ASSEMBLY_READY, buildId, 2, Duration.ofSeconds(30)).stream()
                .map(Bus::read)
                .forEach(ready -> assertThat(ready.envelope().id())
                        .isEqualTo(Bus.read(bus.of(Topic.IMAGE_ASSEMBLY_READY, buildId)
                                        .getFirst())
                                .envelope()
                                .id()));
        assertThat(staging.resolve(buildId + "-index").orElseThrow().digest().value())
                .isEqualTo(first.index().digest());
    }

    @Test
    void refusesAChildThatIsNotInStaging() {
        PlatformImage gone = new PlatformImage(
                ARM64, null, Descriptor.of(MediaTypes.IMAGE_MANIFEST, "sha256:" + "0".repeat(64), 7), List.of());
        say(planned(Instant.now().plusSeconds(600)), "b".repeat(16));
        say(built(pushed(AMD64)), "a".repeat(16));
        say(built(gone), "c".repeat(16));

        ImageAssemblyFailed failed = (ImageAssemblyFailed)
                bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.CHILD_MANIFEST_MISSING);
            assertThat(failure.concerns()).isEqualTo(ARM64);
        });
        assertThat(staging.resolve(buildId + "-index")).isEmpty();
    }

    @Test
    void endsABuildThatNobodyFinishes() {
        say(planned(Instant.now().plusMillis(500)), "b".repeat(16));
        say(built(pushed(AMD64)), "a".repeat(16));

        ImageAssemblyFailed failed = (ImageAssemblyFailed)
                bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event();

        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED);
            assertThat(failure.concerns()).isEqualTo(ARM64);
        });
    }

    @Test
    void putsJunkAsideOnBothTopicsAndGoesOn() {
        for (Topic topic : List.of(Topic.BUILD_PROGRESS, Topic.IMAGE_ASSEMBLY_READY)) {
            bus.send(new ProducerRecord<>(topic.topicName(), buildId, "junk".getBytes(UTF_8)));
        }

        assertThat(bus.hear(Topic.DEAD_LETTER, buildId, 2, Duration.ofSeconds(30)))
                .extracting(letter -> new String(
                        letter.headers().lastHeader("dead-letter-topic").value(), UTF_8))
                .containsExactlyInAnyOrder("slipway.build.progress", "slipway.image.assembly-ready");
        say(planned(Instant.now().plusMillis(1)), "b".repeat(16));
        assertThat(bus.hearOne(Topic.IMAGE_ASSEMBLED, buildId).event()).isInstanceOf(ImageAssemblyFailed.class);
    }

    @Test
    void isReadyOnceTheJoinRuns() {
        String health =
                eventually("http://127.0.0.1:" + config("quarkus.http.test-port") + "/q/health/ready", "\"RUNNING\"");

        assertThat(health).contains("\"join\"");
    }

    private void say(dev.slipway.events.Fact fact, String spanId) {
        bus.say(buildId, fact, trace, spanId);
    }

    private BuildPlanned planned(Instant deadline) {
        return new BuildPlanned(
                buildId, List.of(AMD64, ARM64), List.of(), deadline, Samples.plan(List.of(AMD64, ARM64), List.of()));
    }

    private PlatformBuilt built(PlatformImage image) {
        Instant now = Instant.now();
        return new PlatformBuilt(buildId, 1, image, "w1", "embedded", false, false, now, now, null, null);
    }

    /** The image of a platform as a worker leaves it. */
    private PlatformImage pushed(String platform) {
        byte[] layer = ("content for " + platform).getBytes(UTF_8);
        dev.slipway.oci.Descriptor layerAt = dev.slipway.oci.Descriptor.of(MediaTypes.LAYER, layer);
        staging.putBlob(layerAt, BlobSource.of(layer));
        ImageConfig config = ImageConfig.of(Platform.parse(platform)).withDiffIds(List.of(layerAt.digest()));
        staging.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        dev.slipway.oci.Descriptor manifest = staging.putManifest(
                ImageManifest.of(config.descriptor(), List.of(layerAt)).manifest());
        return new PlatformImage(
                platform,
                null,
                Descriptor.of(manifest.mediaType(), manifest.digest().value(), manifest.size()),
                List.of());
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** Asks again until the answer has a text. */
    private static String eventually(String url, String wanted) {
        Instant end = Instant.now().plusSeconds(20);
        String answer = "";
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answer.contains(wanted) && Instant.now().isBefore(end)) {
                answer = http.send(
                                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError("no answer from " + url, e);
        }
        assertThat(answer).contains(wanted);
        return answer;
    }
}
