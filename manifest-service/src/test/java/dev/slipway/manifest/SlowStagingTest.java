package dev.slipway.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.manifest.AssemblyOutcome.Assembled;
import dev.slipway.manifest.AssemblyOutcome.Refused;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault.Kind;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Staging that shows late what was written to it, or does not answer, or sends damaged content. */
final class SlowStagingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryStaging staging = new MemoryStaging();
    private final Child child = staging.image("linux/arm64", "x");

    @Test
    void waitsForAManifestThatShowsLate() {
        AtomicInteger looks = new AtomicInteger();

        AssemblyOutcome outcome = assemble(
                digest -> looks.incrementAndGet() < 3 ? Optional.empty() : staging.manifest(digest),
                LONG,
                Duration.ZERO);

        assertThat(outcome).isInstanceOf(Assembled.class);
        assertThat(looks).hasValue(3);
    }

    @Test
    void waitsForAMediaTypeThatShowsLate() {
        AtomicInteger looks = new AtomicInteger();
        Function<Digest, Optional<Manifest>> dockers =
                digest -> staging.manifest(digest).map(found -> Manifest.of(MediaTypes.DOCKER_MANIFEST, found.bytes()));

        AssemblyOutcome outcome = assemble(
                digest -> looks.incrementAndGet() < 3 ? dockers.apply(digest) : staging.manifest(digest), LONG, LONG);

        assertThat(outcome).isInstanceOf(Assembled.class);
    }

    @Test
    void waitsFiveSecondsForADigestAndTwoForItsMediaTypeUnlessToldOtherwise() {
        AtomicInteger looks = new AtomicInteger();
        Function<Digest, Optional<Manifest>> dockers =
                digest -> staging.manifest(digest).map(found -> Manifest.of(MediaTypes.DOCKER_MANIFEST, found.bytes()));

        assertThat(fault(digest -> counted(looks, Optional.empty()))).isEqualTo(Kind.MISSING);
        assertThat(looks).as("one look a second").hasValue(5);
        looks.set(0);
        assertThat(fault(digest -> counted(looks, dockers.apply(digest)))).isEqualTo(Kind.MEDIA_TYPE);
        assertThat(looks).as("one look a second").hasValue(2);
    }

    private static <T> T counted(AtomicInteger looks, T answer) {
        looks.incrementAndGet();
        return answer;
    }

    /** By a clock that goes on by a second whenever somebody looks at it. */
    private Kind fault(Function<Digest, Optional<Manifest>> manifests) {
        AtomicInteger seconds = new AtomicInteger();
        VerifyLimits limits = new VerifyLimits(
                VerifyLimits.DEFAULT.resolve(), VerifyLimits.DEFAULT.mediaType(), Duration.ofMillis(1));
        AssemblyOutcome outcome = assemble(
                child,
                new OddStaging(staging, manifests, staging::config),
                limits,
                () -> Instant.EPOCH.plusSeconds(seconds.getAndIncrement()));
        return ((Refused) outcome).faults().getFirst().kind();
    }

    @Test
    void takesAStagingThatDoesNotAnswerInTimeForUnavailable() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> assemble(digest -> hang(never), Duration.ofMillis(50), Duration.ZERO))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining("did not answer for the manifest of linux/arm64 (")
                .hasMessageContaining("within 50 ms");
    }

    @Test
    void namesTheChildWhoseManifestIsDamaged() {
        AssemblyOutcome outcome = assemble(digest -> damaged(), LONG, Duration.ZERO);

        refused(outcome, Kind.MALFORMED, "has a damaged manifest: has another digest");
    }

    @Test
    void namesTheChildWhoseConfigIsDamaged() {
        StagedImages odd = new OddStaging(staging, staging::manifest, config -> damaged());

        refused(assemble(child, odd, LONG, Duration.ZERO), Kind.CONFIG, "has a damaged config: has another digest");
    }

    @Test
    void takesAConfigWithFieldsThatNobodyKnows() {
        String json = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"moby.buildkit.x\":{\"a\":[1]},"
                + "\"config\":{\"ArgsEscaped\":true,\"Labels\":null},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        Descriptor config = staging.layer(MediaTypes.IMAGE_CONFIG, json);
        staging.blobs.put(config.digest(), json.getBytes(UTF_8));
        Child odd = staging.put(
                dev.slipway.oci.image.ImageManifest.of(config, List.of()).manifest(),
                dev.slipway.oci.Platform.parse("linux/amd64"));

        assertThat(assemble(odd, staging::manifest, LONG, Duration.ZERO)).isInstanceOf(Assembled.class);
    }

    private static Optional<Manifest> hang(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static <T> Optional<T> damaged() {
        throw new StoreException(StoreException.Kind.CORRUPT, "staging.example", "has another digest", null);
    }

    private static void refused(AssemblyOutcome outcome, Kind kind, String message) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.kind()).isEqualTo(kind);
                            assertThat(fault.message())
                                    .startsWith("linux/arm64 (")
                                    .endsWith(message);
                        }));
    }

    private AssemblyOutcome assemble(
            Function<Digest, Optional<Manifest>> manifests, Duration resolve, Duration mediaType) {
        return assemble(child, manifests, resolve, mediaType);
    }

    private AssemblyOutcome assemble(
            Child one, Function<Digest, Optional<Manifest>> manifests, Duration resolve, Duration mediaType) {
        return assemble(one, new OddStaging(staging, manifests, staging::config), resolve, mediaType);
    }

    private static AssemblyOutcome assemble(Child one, StagedImages odd, Duration resolve, Duration mediaType) {
        return assemble(one, odd, new VerifyLimits(resolve, mediaType, Duration.ofMillis(1)), InstantSource.system());
    }

    private static AssemblyOutcome assemble(Child one, StagedImages odd, VerifyLimits limits, InstantSource clock) {
        return new AssembleIndex(odd, new VerifiedLayers(Duration.ZERO, clock), limits, Optional.empty(), clock)
                .assemble(new AssemblyPlan(List.of(one), Map.of(), Optional.empty(), Requests.RELEASE, "b-index"));
    }

    private record OddStaging(
            MemoryStaging real,
            Function<Digest, Optional<Manifest>> manifests,
            Function<Descriptor, Optional<byte[]>> configs)
            implements StagedImages {
        @Override
        public String location() {
            return real.location();
        }

        @Override
        public Optional<Manifest> manifest(Digest digest) {
            return manifests.apply(digest);
        }

        @Override
        public Optional<byte[]> config(Descriptor config) {
            return configs.apply(config);
        }

        @Override
        public boolean hasLayer(Digest layer) {
            return real.hasLayer(layer);
        }

        @Override
        public Descriptor putIndex(Manifest index, String tag) {
            return real.putIndex(index, tag);
        }
    }
}
