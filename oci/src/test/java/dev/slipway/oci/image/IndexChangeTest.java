package dev.slipway.oci.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexChangeTest {
    private static final Descriptor AMD64 = image(MediaTypes.IMAGE_MANIFEST, "linux/amd64");
    private static final Descriptor ARM64 = image(MediaTypes.IMAGE_MANIFEST, "linux/arm64");
    private static final ImageIndex BOTH =
            ImageIndex.of(List.of(AMD64, ARM64, about(AMD64), about(ARM64))).withAnnotations(Map.of("a", "1"));

    @Test
    void appendsBeforeTheAttestations() {
        Descriptor arm = image(MediaTypes.IMAGE_MANIFEST, "linux/arm/v7");

        ImageIndex more = IndexChange.append(BOTH, List.of(arm), List.of(about(arm)));

        assertThat(more.manifests()).containsExactly(AMD64, ARM64, arm, about(AMD64), about(ARM64), about(arm));
        assertThat(more.annotations()).isEqualTo(BOTH.annotations());
    }

    @Test
    void removesAnImageWithItsAttestation() {
        assertThat(IndexChange.remove(BOTH, List.of(Platform.parse("linux/amd64")))
                        .manifests())
                .containsExactly(ARM64, about(ARM64));
    }

    @Test
    void removesWhatItAppendedWithoutATrace() {
        Descriptor arm = image(MediaTypes.IMAGE_MANIFEST, "linux/arm/v7");

        ImageIndex more = IndexChange.append(BOTH, List.of(arm), List.of());

        assertThat(IndexChange.remove(more, List.of(Platform.parse("linux/arm/v7")))
                        .digest())
                .isEqualTo(BOTH.digest());
    }

    @Test
    void refusesASecondImageForAPlatform() {
        assertThatThrownBy(() -> IndexChange.append(BOTH, List.of(ARM64), List.of()))
                .hasMessage("there is an image for linux/arm64 already: " + ARM64.digest());
    }

    @Test
    void tellsVersionsOfWindowsApart() {
        Descriptor older = windows("10.0.17763.1");
        Descriptor newer = windows("10.0.20348.1");

        ImageIndex more = IndexChange.append(BOTH, List.of(older, newer), List.of());

        assertThat(more.images()).containsExactly(AMD64, ARM64, older, newer);
        assertThat(IndexChange.remove(more, List.of(Platform.parse("windows(10.0.17763.1)/amd64")))
                        .images())
                .containsExactly(AMD64, ARM64, newer);
        assertThat(IndexChange.remove(more, List.of(Platform.parse("windows/amd64")))
                        .images())
                .containsExactly(AMD64, ARM64);
    }

    @Test
    void refusesToRemoveWhatIsNotThereOrTheLast() {
        assertThatThrownBy(() -> IndexChange.remove(BOTH, List.of(Platform.parse("linux/s390x"))))
                .hasMessage("there is no image for linux/s390x, only for [linux/amd64, linux/arm64]");
        assertThatThrownBy(() ->
                        IndexChange.remove(BOTH, List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"))))
                .hasMessage("no image would be left");
    }

    @Test
    void makesAnIndexOfADockerListThatGetsAnImageOfAnotherKind() {
        Descriptor docker = image(MediaTypes.DOCKER_MANIFEST, "linux/s390x");
        ImageIndex list = ImageIndex.dockerList(List.of(docker));

        assertThat(IndexChange.append(list, List.of(image(MediaTypes.DOCKER_MANIFEST, "linux/386")), List.of())
                        .mediaType())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThat(IndexChange.append(list, List.of(AMD64), List.of()).mediaType())
                .isEqualTo(MediaTypes.IMAGE_INDEX);
    }

    private static Descriptor image(String mediaType, String platform) {
        return Descriptor.of(mediaType, platform.getBytes(UTF_8)).withPlatform(Platform.parse(platform));
    }

    private static Descriptor windows(String version) {
        return Descriptor.of(MediaTypes.IMAGE_MANIFEST, version.getBytes(UTF_8))
                .withPlatform(new Platform("windows", "amd64", null, version, List.of()));
    }

    private static Descriptor about(Descriptor image) {
        return Descriptor.of(MediaTypes.IMAGE_MANIFEST, ("about " + image.digest()).getBytes(UTF_8))
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(Map.of(
                        ImageIndex.REFERENCE_TYPE,
                        "attestation-manifest",
                        ImageIndex.REFERENCE_DIGEST,
                        image.digest().value()));
    }
}
