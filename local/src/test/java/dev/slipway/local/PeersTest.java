package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layout.ImageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
    @TempDir
    Path directory;

    private EmbeddedRegistry registry;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.startTemporary();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void skopeoPushesAndPullsAnIndexWithAllItsImages() throws Exception {
        Peer skopeo = Peer.orSkip("skopeo", directory);
        ImageIndex index = layout(directory.resolve("in"));
        String image = "docker://" + registry.address() + "/skopeo/app:v1";

        skopeo.run("copy", "--all", "--preserve-digests", "--dest-tls-verify=false", "oci:in:v1", image);
        skopeo.run("copy", "--all", "--preserve-digests", "--src-tls-verify=false", image, "oci:out:v1");
        String raw = skopeo.run("inspect", "--raw", "--tls-verify=false", image);

        assertThat(raw).isEqualTo(new String(index.manifest().bytes(), StandardCharsets.UTF_8));
        assertThat(ImageLayout.at(directory.resolve("out"))
                        .manifest(index.digest().value()))
                .isPresent();
    }

    @Test
    void craneValidatesCopiesListsAndDeletes() throws Exception {
        Peer crane = Peer.orSkip("crane", directory);
        layout(directory.resolve("in"));
        String image = registry.address() + "/crane/app";

        crane.run("push", "--insecure", "--index", "in", image + ":v1");
        String validated = crane.run("validate", "--insecure", "--remote", image + ":v1");
        crane.run("copy", "--insecure", image + ":v1", registry.address() + "/crane/copy:v2");
        crane.run("tag", "--insecure", image + ":v1", "v3");
        String tags = crane.run("ls", "--insecure", image);
        crane.run("delete", "--insecure", image + ":v3");

        assertThat(validated).contains("PASS");
        assertThat(tags).isEqualTo("v1\nv3\n");
        assertThat(crane.run("ls", "--insecure", image)).isEqualTo("v1\n");
        assertThat(crane.run("ls", "--insecure", registry.address() + "/crane/copy"))
                .isEqualTo("v2\n");
    }

    @Test
    void orasAttachesAndDiscoversReferrers() throws Exception {
        Peer oras = Peer.orSkip("oras", directory);
        layout(directory.resolve("in"));
        Files.writeString(directory.resolve("sbom.json"), "{}");
        String image = registry.address() + "/oras/app:v1";

        oras.run("cp", "--from-oci-layout", "in:v1", image, "--to-plain-http");
        oras.run("attach", "--plain-http", "--artifact-type", "application/spdx+json", image, "sbom.json");
        String referrers = oras.run("discover", "--plain-http", "--format", "json", image);

        assertThat(referrers).contains("application/spdx+json");
    }

    /** An index of two images with a layer each. */
    private static ImageIndex layout(Path where) throws IOException {
        ImageLayout layout = ImageLayout.at(where);
        Descriptor amd64 = image(layout, "linux/amd64");
        Descriptor arm64 = image(layout, "linux/arm64");
        ImageIndex index = ImageIndex.of(List.of(amd64, arm64));
        layout.tag(index.manifest(), "v1");
        return index;
    }

    private static Descriptor image(ImageLayout layout, String platform) throws IOException {
        byte[] tar = tar(platform);
        byte[] content = gzip(tar);
        Descriptor layer = Descriptor.of(MediaTypes.LAYER_GZIP, content);
        layout.putBlob(layer, BlobSource.of(content));
        ImageConfig config = ImageConfig.of(Platform.parse(platform)).withDiffIds(List.of(Digest.of(tar)));
        layout.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        ImageManifest manifest = ImageManifest.of(config.descriptor(), List.of(layer));
        layout.putManifest(manifest.manifest());
        return manifest.manifest().descriptor().withPlatform(Platform.parse(platform));
    }

    /** Crane validates no others. */
    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(String platform) throws IOException {
        byte[] random = new byte[300_000];
        new Random(platform.hashCode()).nextBytes(random);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("data");
            entry.setSize(random.length);
            tar.putArchiveEntry(entry);
            tar.write(random);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
