package dev.slipway.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.manifest.AssemblyOutcome.Assembled;
import dev.slipway.manifest.AssemblyOutcome.Refused;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault;
import dev.slipway.manifest.children.ChildFault.Kind;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AssembleIndexTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final VerifyLimits SOON =
            new VerifyLimits(Duration.ofMillis(300), Duration.ofMillis(10), Duration.ofMillis(1));

    private final MemoryStaging staging = new MemoryStaging();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final AssembleIndex assembleIndex = new AssembleIndex(
            staging,
            new VerifiedLayers(Duration.ofMinutes(10), () -> now),
            SOON,
            Optional.empty(),
            InstantSource.system());

    @Test
    void listsTheChildrenInTheOrderRequested() {
        // given
        Child arm = staging.image("linux/arm/v7", "base", "app for arm");
        Child amd = staging.image("linux/amd64", "base", "app for amd64");

        // when
        Descriptor index = assembled(plan(Map.of("b", "2", "a", "1"), arm, amd));

        // then
        Manifest stored = staging.tagged("b-index");
        assertThat(stored.descriptor()).isEqualTo(index);
        assertThat(new String(stored.bytes(), UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                        + "\"manifests\":["
                        + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":%d,"
                                .formatted(
                                        arm.manifest().digest(), arm.manifest().size())
                        + "\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}},"
                        + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":%d,"
                                .formatted(
                                        amd.manifest().digest(), amd.manifest().size())
                        + "\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}}],"
                        + "\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}");
    }

    @Test
    void givesTheSameDigestAgain() {
        AssemblyPlan plan = plan(Map.of(), staging.image("linux/arm64", "x"), staging.image("linux/amd64", "x"));

        assertThat(assembled(plan)).isEqualTo(assembled(plan));
    }

    @Test
    void takesTheOsVersionFromTheConfig() {
        Platform windows = new Platform("windows", "amd64", null, "10.0.20348.2113", List.of());
        Child child = staging.image(ImageConfig.of(windows), Platform.parse("windows/amd64"), "x");

        assembled(plan(Map.of(), child));

        assertThat(index().manifests().getFirst().platform()).isEqualTo(windows);
    }

    @Test
    void writesADockerListOverDockersImages() {
        assembled(plan(Map.of(), dockerImage("linux/amd64"), dockerImage("linux/arm64")));

        assertThat(index().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
    }

    @Test
    void writesAnOciIndexWhereADockerListCannotSayAll() {
        assembled(plan(Map.of("a", "1"), dockerImage("linux/amd64")));
        assertThat(index().mediaType()).isEqualTo(MediaTypes.IMAGE_INDEX);

        assembled(plan(Map.of(), dockerImage("linux/amd64"), staging.image("linux/arm64", "x")));
        assertThat(index().mediaType()).isEqualTo(MediaTypes.IMAGE_INDEX);
    }

    @Test
    void refusesAChildThatIsNotThere() {
        Child gone = staging.image("linux/arm64", "x");
        staging.manifests.remove(gone.manifest().digest());

        ChildFault fault = refused(staging.image("linux/amd64", "x"), gone);

        assertThat(fault.kind()).isEqualTo(Kind.MISSING);
        assertThat(fault.child()).isEqualTo(gone);
        assertThat(fault.message())
                .isEqualTo("linux/arm64 (%1$s) lacks its manifest: %1$s is not in staging.example/slipway"
                        .formatted(gone.manifest().digest()));
        assertThat(staging.tags).isEmpty();
    }

    @Test
    void refusesAnotherMediaTypeThanAnnounced() {
        Child child = staging.image("linux/amd64", "x");
        Descriptor said = child.manifest();

        ChildFault fault = refused(
                new Child(AMD64, Descriptor.of(MediaTypes.DOCKER_MANIFEST, said.digest(), said.size()), List.of()));

        assertThat(fault.kind()).isEqualTo(Kind.MEDIA_TYPE);
        assertThat(fault.message()).contains("was announced as " + MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void refusesAnotherSizeThanAnnounced() {
        Descriptor said = staging.image("linux/amd64", "x").manifest();

        ChildFault fault =
                refused(new Child(AMD64, Descriptor.of(said.mediaType(), said.digest(), said.size() + 1), List.of()));

        assertThat(fault.kind()).isEqualTo(Kind.SIZE);
        assertThat(fault.message())
                .contains("has %d bytes in its manifest and was announced with".formatted(said.size()));
    }

    @Test
    void refusesAManifestThatIsNotJson() {
        Manifest junk = Manifest.of(MediaTypes.IMAGE_MANIFEST, "junk".getBytes(UTF_8));

        ChildFault fault = refused(staging.put(junk, AMD64));

        assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(fault.message()).contains("is malformed").contains("is not JSON");
    }

    @Test
    void refusesAConfigThatIsNotThere() {
        ImageConfig config = ImageConfig.of(AMD64);
        Child child = staging.image(config, AMD64, List.of());
        staging.blobs.remove(config.digest());

        ChildFault fault = refused(child);

        assertThat(fault.kind()).isEqualTo(Kind.CONFIG);
        assertThat(fault.message()).contains("lacks its config: " + config.digest());
    }

    @Test
    void refusesAConfigThatIsNoConfig() {
        Descriptor config = staging.layer(MediaTypes.IMAGE_CONFIG, "{}");
        staging.blobs.put(config.digest(), "{}".getBytes(UTF_8));
        Child child = staging.put(ImageManifest.of(config, List.of()).manifest(), AMD64);

        ChildFault fault = refused(child);

        assertThat(fault.kind()).isEqualTo(Kind.CONFIG);
        assertThat(fault.message()).contains("has a malformed config: image config");
    }

    @Test
    void refusesAConfigOfAbsurdSizeUnread() {
        Descriptor config = Descriptor.of(MediaTypes.IMAGE_CONFIG, Digest.of(new byte[0]), 1L << 40);
        Child child = staging.put(ImageManifest.of(config, List.of()).manifest(), AMD64);

        ChildFault fault = refused(child);

        assertThat(fault.kind()).isEqualTo(Kind.CONFIG);
        assertThat(fault.message()).contains("has a config of 1099511627776 bytes");
    }

    @Test
    void refusesAnImageOfAnotherPlatform() {
        Child arm = staging.image("linux/arm64", "x");

        ChildFault fault = refused(new Child(AMD64, arm.manifest(), List.of()));

        assertThat(fault.kind()).isEqualTo(Kind.PLATFORM);
        assertThat(fault.message()).contains("was built for linux/arm64");
    }

    @Test
    void refusesAnImageOfAnotherVariant() {
        Child v6 = staging.image("linux/arm/v6", "x");

        assertThat(refused(new Child(Platform.parse("linux/arm/v7"), v6.manifest(), List.of()))
                        .message())
                .contains("was built for linux/arm/v6");
    }

    @Test
    void refusesAnImageOfAnotherOsVersion() {
        Platform built = new Platform("windows", "amd64", null, "10.0.17763.1", List.of());
        Platform wanted = new Platform("windows", "amd64", null, "10.0.20348.1", List.of());

        assertThat(refused(staging.image(ImageConfig.of(built), wanted, "x")).message())
                .contains("was built for windows/amd64 (10.0.17763.1)");
    }

    @Test
    void refusesAnotherNumberOfDiffIdsThanLayers() {
        Child child = staging.image(ImageConfig.of(AMD64), AMD64, List.of(staging.layer(MediaTypes.LAYER, "x")));

        ChildFault fault = refused(child);

        assertThat(fault.kind()).isEqualTo(Kind.DIFF_IDS);
        assertThat(fault.message()).contains("has 1 layers and 0 diff ids");
    }

    @Test
    void refusesAnImageThatLacksALayer() {
        Child child = staging.image("linux/amd64", "there", "gone");
        Digest gone = Digest.of("gone".getBytes(UTF_8));
        staging.blobs.remove(gone);

        ChildFault fault = refused(child);

        assertThat(fault.kind()).isEqualTo(Kind.LAYER_MISSING);
        assertThat(fault.message()).contains("lacks layers: [" + gone + "]");
        assertThat(refused(child).message()).contains("lacks layers: [" + gone + "]");
    }

    @Test
    void asksForNoLayerThatNamesWhereElseItIs() {
        Descriptor foreign =
                Descriptor.of("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "elsewhere".getBytes(UTF_8));
        List<Descriptor> layers = List.of(foreign);
        Child child = staging.image(MemoryStaging.withDiffIds(ImageConfig.of(AMD64), layers), AMD64, layers);

        assembled(plan(Map.of(), child));

        assertThat(staging.layersAskedFor).isEmpty();
    }

    @Test
    void namesEveryChildThatIsWrong() {
        Child a = staging.image("linux/amd64", "a");
        Child b = staging.image("linux/arm64", "b");
        staging.manifests.clear();

        AssemblyOutcome outcome = assembleIndex.assemble(plan(Map.of(), a, b));

        assertThat(((Refused) outcome).faults()).extracting(ChildFault::child).containsExactly(a, b);
    }

    @Test
    void refusesTwoImagesForOnePlatform() {
        Child first = staging.image("linux/amd64", "a");
        Child second = staging.image("linux/amd64", "b");

        ChildFault fault = refused(first, second);

        assertThat(fault.child()).isEqualTo(second);
        assertThat(fault.kind()).isEqualTo(Kind.SECOND);
        assertThat(fault.message()).contains("is a second image for its platform linux/amd64");
    }

    @Test
    void listsTwoWindowsOfOneArchitecture() {
        Platform older = new Platform("windows", "amd64", null, "10.0.17763.1", List.of());
        Platform newer = new Platform("windows", "amd64", null, "10.0.20348.1", List.of());

        assembled(plan(
                Map.of(),
                staging.image(ImageConfig.of(older), older, "a"),
                staging.image(ImageConfig.of(newer), newer, "b")));

        assertThat(index().manifests()).extracting(Descriptor::platform).containsExactly(older, newer);
    }

    @Test
    void writesNoIndexThatRegistriesNeedNotTake() {
        AssemblyPlan plan = plan(Map.of("long", "x".repeat(4 << 20)), staging.image("linux/amd64", "x"));

        assertThat(assembleIndex.assemble(plan)).isInstanceOfSatisfying(AssemblyOutcome.TooLarge.class, large -> {
            assertThat(large.maxBytes()).isEqualTo(4 << 20);
            assertThat(large.bytes()).isGreaterThan(large.maxBytes());
        });
        assertThat(staging.tags).isEmpty();
    }

    @Test
    void asksForAnEqualLayerOnce() {
        assembled(plan(Map.of(), staging.image("linux/amd64", "base", "a")));
        staging.layersAskedFor.clear();

        assembled(plan(Map.of(), staging.image("linux/arm64", "base", "b")));

        assertThat(staging.layersAskedFor).containsExactly(Digest.of("b".getBytes(UTF_8)));
    }

    @Test
    void asksAgainAfterSomeTime() {
        assembled(plan(Map.of(), staging.image("linux/amd64", "base")));
        staging.layersAskedFor.clear();
        now = now.plus(Duration.ofMinutes(10));

        assembled(plan(Map.of(), staging.image("linux/arm64", "base")));

        assertThat(staging.layersAskedFor).hasSize(1);
    }

    @Test
    void leavesTroubleOfTheRegistryToTheCaller() {
        StoreException down = new StoreException(StoreException.Kind.UNAVAILABLE, "staging.example", "no answer", null);
        AssembleIndex overDown = new AssembleIndex(
                new FailingStaging(down),
                new VerifiedLayers(Duration.ZERO, () -> now),
                SOON,
                Optional.empty(),
                InstantSource.system());

        assertThatThrownBy(() -> overDown.assemble(plan(Map.of(), staging.image("linux/amd64", "x"))))
                .isSameAs(down);
    }

    private record FailingStaging(StoreException failure) implements StagedImages {
        @Override
        public String location() {
            return "staging.example";
        }

        @Override
        public Optional<Manifest> manifest(Digest digest) {
            throw failure;
        }

        @Override
        public Optional<byte[]> config(Descriptor config) {
            throw failure;
        }

        @Override
        public boolean hasLayer(Digest layer) {
            throw failure;
        }

        @Override
        public Descriptor putIndex(Manifest index, String tag) {
            throw failure;
        }
    }

    private Child dockerImage(String platform) {
        Child oci = staging.image(platform, "x");
        String json = new String(
                        staging.manifest(oci.manifest().digest()).orElseThrow().bytes(), UTF_8)
                .replaceFirst(MediaTypes.IMAGE_MANIFEST.replace("+", "\\+"), MediaTypes.DOCKER_MANIFEST);
        return staging.put(Manifest.of(MediaTypes.DOCKER_MANIFEST, json.getBytes(UTF_8)), oci.platform());
    }

    private ImageIndex index() {
        return ImageIndex.of(staging.tagged("b-index"));
    }

    private Descriptor assembled(AssemblyPlan plan) {
        AssemblyOutcome outcome = assembleIndex.assemble(plan);
        assertThat(outcome).isInstanceOf(Assembled.class);
        return ((Assembled) outcome).index().manifest();
    }

    private ChildFault refused(Child... children) {
        AssemblyOutcome outcome = assembleIndex.assemble(plan(Map.of(), children));
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).faults()).hasSize(1);
        return ((Refused) outcome).faults().getFirst();
    }

    private static AssemblyPlan plan(Map<String, String> annotations, Child... children) {
        return new AssemblyPlan(List.of(children), annotations, Optional.empty(), Requests.RELEASE, "b-index");
    }
}
