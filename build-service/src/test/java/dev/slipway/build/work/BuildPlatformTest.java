package dev.slipway.build.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layout.ImageLayout;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildPlatformTest {
    private static final Platform ARM = Platform.parse("linux/arm/v7");
    private static final String BUILD = "0123456789abcdef0123456789abcdef";

    private static final AttestationOrder ORDER = AttestationOrder.NOTHING;

    @TempDir
    private Path directory;

    private final AtomicInteger builds = new AtomicInteger();
    private ImageLayout staging;
    private BuildPlatform worker;
    private List<Descriptor> attested = List.of();

    @BeforeEach
    void prepare() {
        staging = ImageLayout.at(directory);
        worker = new BuildPlatform(
                staging, List.of(new CountingBuilder()), (task, image, order, observer) -> attest(image));
    }

    @Test
    void tagsTheImageInStagingBeforeItReturns() {
        PlatformResult result = worker.build(task(), "embedded", ORDER, BuildObserver.NONE);

        assertThat(result).isInstanceOf(PlatformResult.Built.class);
        assertThat(staging.resolve(BUILD + "-linux-arm-v7"))
                .hasValueSatisfying(tagged -> assertThat(tagged.digest())
                        .isEqualTo(((PlatformResult.Built) result)
                                .image()
                                .manifest()
                                .digest()));
    }

    @Test
    void neverBuildsWhatIsThere() {
        worker.build(task(), "embedded", ORDER, BuildObserver.NONE);

        PlatformResult again = worker.build(task(), "embedded", ORDER, BuildObserver.NONE);

        assertThat(builds).hasValue(1);
        assertThat(again).isInstanceOfSatisfying(PlatformResult.Found.class, found -> {
            assertThat(found.manifest().platform()).isEqualTo(ARM);
            assertThat(found.referrers()).isEqualTo(attested);
        });
    }

    @Test
    void findsNoStatementOfAnotherBuildAndNoSignature() {
        BuiltImage image = ((PlatformResult.Built) worker.build(task(), "embedded", ORDER, BuildObserver.NONE)).image();
        put(image, "application/vnd.in-toto+json", "another build");
        put(image, "application/vnd.dev.sigstore.bundle.v0.3+json", BUILD);

        PlatformResult again = worker.build(task(), "embedded", ORDER, BuildObserver.NONE);

        assertThat(again)
                .isInstanceOfSatisfying(
                        PlatformResult.Found.class,
                        found -> assertThat(found.referrers()).isEqualTo(attested));
    }

    @Test
    void tagsNoImageThatCouldNotBeAttested() {
        BuildPlatform failing =
                new BuildPlatform(staging, List.of(new CountingBuilder()), (task, image, order, observer) -> {
                    throw new IllegalStateException("no statement");
                });

        assertThatThrownBy(() -> failing.build(task(), "embedded", ORDER, BuildObserver.NONE))
                .hasMessage("no statement");

        assertThat(staging.resolve(BUILD + "-linux-arm-v7")).isEmpty();
    }

    private List<Descriptor> attest(BuiltImage image) {
        attested = List.of(put(image, "application/vnd.in-toto+json", BUILD));
        return attested;
    }

    private Descriptor put(BuiltImage image, String type, String build) {
        staging.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        ImageManifest artifact = ImageManifest.artifact(type, List.of(ImageManifest.EMPTY_CONFIG))
                .withSubject(image.manifest().descriptor())
                .withAnnotations(Map.of(AttestImage.BUILD_ANNOTATION, build));
        staging.putManifest(artifact.manifest());
        return artifact.asReferrer();
    }

    @Test
    void refusesABuilderThatItDoesNotHave() {
        assertThatThrownBy(() -> worker.build(task(), "buildkit", ORDER, BuildObserver.NONE))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.OPTION_UNSUPPORTED);
                    assertThat(e).hasMessageContaining("buildkit").hasMessageContaining("embedded");
                });
    }

    @Test
    void callsAnInterruptedBuildCancelledWhateverItsBuilderSays() {
        ImageBuilder writing = new ImageBuilder() {
            @Override
            public String name() {
                return "writing";
            }

            @Override
            public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new ClosedByInterruptException());
            }
        };

        assertThatThrownBy(
                        () -> new BuildPlatform(staging, List.of(writing), (task, image, order, observer) -> List.of())
                                .build(task(), "writing", ORDER, BuildObserver.NONE))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.BUILD_CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static PlatformBuildTask task() {
        BuildInputs inputs = new BuildInputs(
                Descriptor.of("application/x", "context".getBytes(UTF_8)),
                "Dockerfile",
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                false,
                false,
                BuildInputs.Resources.NONE,
                new BuildInputs.Origin(null, null, "0".repeat(31) + "1"));
        return new PlatformBuildTask(BUILD, ARM, inputs);
    }

    private final class CountingBuilder implements ImageBuilder {
        @Override
        public String name() {
            return "embedded";
        }

        @Override
        public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
            builds.incrementAndGet();
            ImageConfig config = ImageConfig.of(task.platform());
            Descriptor blob = Descriptor.of(MediaTypes.IMAGE_CONFIG, config.bytes());
            staging.putBlob(blob, BlobSource.of(config.bytes()));
            return new BuiltImage(ImageManifest.of(blob, List.of()).manifest(), task.platform(), List.of(), 0, 0, 0, 0);
        }
    }
}
