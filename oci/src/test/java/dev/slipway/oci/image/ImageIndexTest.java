package dev.slipway.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageIndexTest {
    private static final Descriptor AMD64 = child(1, "linux/amd64");
    private static final Descriptor ARM64 = child(2, "linux/arm64");
    private static final Descriptor ARMV7 = child(3, "linux/arm/v7");
    private static final Descriptor ARMV6 = child(4, "linux/arm/v6");
    private static final Descriptor ATTESTATION = child(5, "unknown/unknown")
            .withAnnotations(Map.of(
                    ImageIndex.REFERENCE_TYPE,
                    "attestation-manifest",
                    ImageIndex.REFERENCE_DIGEST,
                    AMD64.digest().value()));
    private static final ImageIndex INDEX = ImageIndex.of(List.of(ATTESTATION, ARMV6, AMD64, ARMV7));

    @Test
    void isWrittenInTheSpecificationsOrder() {
        assertThat(text(ImageIndex.of(List.of(ARMV7)).withAnnotations(Map.of("a", "1"))))
                .isEqualTo(("{'schemaVersion':2,'mediaType':'%s','manifests':[{'mediaType':'%s','digest':'%s','size':3,"
                                + "'platform':{'architecture':'arm','os':'linux','variant':'v7'}}],'annotations':{'a':'1'}}")
                        .replace('\'', '"')
                        .formatted(MediaTypes.IMAGE_INDEX, MediaTypes.IMAGE_MANIFEST, ARMV7.digest()));
    }

    @Test
    void keepsTheOrderOfItsEntries() {
        assertThat(INDEX.manifests()).containsExactly(ATTESTATION, ARMV6, AMD64, ARMV7);
        assertThat(ImageIndex.parse(INDEX.manifest().bytes()).manifests()).isEqualTo(INDEX.manifests());
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/amd64/v3, linux/amd64",
        "linux/arm64, linux/arm/v7",
        "linux/arm/v7, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6"
    })
    void givesAHostTheBestThatItCanRun(String host, String best) {
        assertThat(INDEX.bestFor(Platform.parse(host)).flatMap(Descriptor::optionalPlatform))
                .contains(Platform.parse(best));
    }

    @Test
    void prefersTheExactPlatformWhereverItStands() {
        assertThat(ImageIndex.of(List.of(ARMV7, ARM64)).bestFor(Platform.parse("linux/arm64")))
                .contains(ARM64);
    }

    @Test
    void givesTheFirstOfEquals() {
        Descriptor other = child(9, "linux/amd64");

        assertThat(ImageIndex.of(List.of(other, AMD64)).bestFor(Platform.parse("linux/amd64")))
                .contains(other);
    }

    @Test
    void givesNothingWhereNothingRuns() {
        assertThat(INDEX.bestFor(Platform.parse("linux/s390x"))).isEmpty();
        assertThat(INDEX.bestFor(Platform.parse("unknown/unknown"))).isEmpty();
    }

    @Test
    void givesWindowsItsBuild() {
        Descriptor server2019 = child(1, "windows(10.0.17763.1)/amd64");
        Descriptor server2022 = child(2, "windows(10.0.20348.9)/amd64");
        ImageIndex index = ImageIndex.of(List.of(server2019, server2022));

        assertThat(index.bestFor(Platform.parse("windows(10.0.20348.2113)/amd64")))
                .contains(server2022);
        assertThat(text(index)).contains("\"os.version\":\"10.0.17763.1\"");
    }

    @Test
    void countsAttestationsAsNoImages() {
        assertThat(INDEX.images()).containsExactly(ARMV6, AMD64, ARMV7);
        assertThat(INDEX.attestationsOf(AMD64.digest())).containsExactly(ATTESTATION);
        assertThat(INDEX.attestationsOf(ARMV7.digest())).isEmpty();
    }

    @Test
    void keepsUnknownFieldsOfTheEntriesThatStay() {
        String entry = new String(DescriptorJson.write(AMD64), StandardCharsets.UTF_8).replaceFirst("}$", "");
        String json = "{\"schemaVersion\":2,\"manifests\":[%s,\"data\":\"e30=\"}],\"x\":1}".formatted(entry);
        ImageIndex read = ImageIndex.parse(json.getBytes(StandardCharsets.UTF_8));

        ImageIndex longer = read.withManifests(List.of(ARM64, read.manifests().getFirst()));

        assertThat(text(longer)).contains("\"data\":\"e30=\"").contains("\"x\":1");
        assertThat(longer.manifests()).containsExactly(ARM64, AMD64);
    }

    @Test
    void isADockerListOfDockersChildrenOnly() {
        Descriptor docker = Descriptor.of(MediaTypes.DOCKER_MANIFEST, Digest.of(new byte[] {1}), 1)
                .withPlatform(Platform.parse("linux/amd64"));

        assertThat(ImageIndex.dockerList(List.of(docker)).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageIndex.dockerList(List.of(docker, AMD64)))
                .withMessageContaining(AMD64.digest().value());
    }

    @Test
    void isNoManifest() {
        assertThatThrownBy(() -> ImageManifest.of(INDEX.manifest())).hasMessageContaining("is no image manifest");
        assertThatThrownBy(() -> ImageIndex.parse(
                        "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("has 'layers' too");
    }

    private static Descriptor child(int number, String platform) {
        return Descriptor.of(MediaTypes.IMAGE_MANIFEST, Digest.of(new byte[] {(byte) number}), number)
                .withPlatform(Platform.parse(platform));
    }

    private static String text(ImageIndex index) {
        return new String(index.manifest().bytes(), StandardCharsets.UTF_8);
    }
}
