package dev.slipway.oci.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.contract.ContentStoreContract;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayoutTest extends ContentStoreContract {
    @TempDir
    Path directory;

    private ImageLayout layout;

    @BeforeEach
    void open() {
        layout = ImageLayout.at(directory);
    }

    @Override
    protected ContentStore store() {
        return layout;
    }

    @Test
    void isALayoutFromTheBeginning() {
        assertThat(directory.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(directory.resolve("index.json"))
                .hasContent("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
                        .formatted(MediaTypes.IMAGE_INDEX));
    }

    @Test
    void namesTagsInTheIndex() throws IOException {
        Manifest image = image("linux/amd64");

        layout.tag(image, "v1");

        ImageIndex index = ImageIndex.parse(Files.readAllBytes(directory.resolve("index.json")));
        assertThat(index.manifests())
                .singleElement()
                .satisfies(entry -> assertThat(entry.digest()).isEqualTo(image.digest()))
                .satisfies(entry ->
                        assertThat(entry.annotations()).containsEntry("org.opencontainers.image.ref.name", "v1"));
    }

    @Test
    void listsChildrenThroughTheirIndexOnly() throws IOException {
        Manifest amd64 = image("linux/amd64");
        Manifest arm64 = image("linux/arm64");
        layout.putManifest(amd64);
        layout.putManifest(arm64);
        ImageIndex index = ImageIndex.of(List.of(amd64.descriptor(), arm64.descriptor()));

        layout.tag(index.manifest(), "v1");

        ImageIndex listed = ImageIndex.parse(Files.readAllBytes(directory.resolve("index.json")));
        assertThat(listed.manifests()).extracting(Descriptor::digest).containsExactly(index.digest());
        assertThat(layout.manifest(arm64.digest().value())).contains(arm64);
    }

    @Test
    void keepsWhatItHasWhenOpenedAgain() {
        Manifest image = image("linux/amd64");
        layout.tag(image, "v1");

        assertThat(ImageLayout.at(directory).manifest("v1")).contains(image);
    }

    @Test
    void noticesAChangedBlob() throws IOException {
        Manifest image = image("linux/amd64");
        layout.tag(image, "v1");
        Path file = directory.resolve("blobs/sha256").resolve(image.digest().hex());
        Files.writeString(file, Files.readString(file).replace("sha256:", "sha256;"));

        assertThatThrownBy(() -> layout.manifest("v1"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageContaining(image.digest().value());
    }

    @Test
    void leavesNothingOfAFailedWrite() throws IOException {
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, new byte[] {1});

        assertThatThrownBy(() -> layout.putBlob(blob, BlobSource.of(new byte[] {2})))
                .isInstanceOf(StoreException.class);

        try (var files = Files.list(directory.resolve(".unfinished"))) {
            assertThat(files).isEmpty();
        }
    }

    private Manifest image(String platform) {
        ImageConfig config = ImageConfig.of(Platform.parse(platform));
        layout.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        return ImageManifest.of(config.descriptor(), List.of()).manifest();
    }
}
