package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.contract.Peer;
import dev.slipway.oci.image.History;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.Compression;
import dev.slipway.oci.layer.Layer;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerOptions;
import dev.slipway.oci.layer.LayerWriter;
import dev.slipway.oci.layout.ImageLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools that people use say about images written here: they are the judges. */
class PeerTest {
    private static final Random RANDOM = new Random(11);

    @TempDir
    private static Path directory;

    private static DockerRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        registry = DockerRegistry.startOrSkip(data);
        client = new RegistryClient();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Test
    void craneValidatesStoredAndCompressedLayers() throws IOException {
        Peer crane = Peer.orSkip("crane");
        push("crane");

        String output = crane.run("validate", "--remote", registry.name() + "/crane:v1");

        assertThat(output).contains("PASS");
    }

    @Test
    void skopeoCopiesEveryPlatformIntoALayoutThatReadsTheSame() throws IOException {
        Peer skopeo = Peer.orSkip("skopeo");
        Digest index = push("skopeo");
        Path copy = directory.resolve("skopeo");

        skopeo.run(
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "docker://" + registry.name() + "/skopeo:v1",
                "oci:" + copy + ":v1");

        ImageLayout layout = ImageLayout.at(copy);
        assertThat(layout.resolve("v1").map(Descriptor::digest)).contains(index);
        for (Descriptor child :
                ImageIndex.of(layout.manifest("v1").orElseThrow()).images()) {
            ImageManifest image =
                    ImageManifest.of(layout.manifest(child.digest().value()).orElseThrow());
            assertThat(image.layers())
                    .hasSize(2)
                    .allSatisfy(layer -> assertThat(layout.blob(layer)).hasSize((int) layer.size()));
        }
    }

    @Test
    void skopeoReadsALayoutThatWasWrittenHere() throws IOException {
        Peer skopeo = Peer.orSkip("skopeo");
        Path written = directory.resolve("written");
        ImageLayout layout = ImageLayout.at(written);
        Digest index = write(layout);

        skopeo.run(
                "copy",
                "--all",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "oci:" + written + ":v1",
                "docker://" + registry.name() + "/from-layout:v1");

        assertThat(client.repository(new RepositoryName(registry.name(), "from-layout"))
                        .resolve("v1")
                        .map(Descriptor::digest))
                .contains(index);
    }

    @Test
    void orasListsWhatRefersToAnImage() throws IOException {
        Peer oras = Peer.orSkip("oras");
        Path written = directory.resolve("oras");
        ImageLayout layout = ImageLayout.at(written);
        write(layout);
        Manifest index = layout.manifest("v1").orElseThrow();
        layout.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of(new byte[] {'{', '}'}));
        ImageManifest sbom = ImageManifest.artifact("application/spdx+json", List.of(ImageManifest.EMPTY_CONFIG))
                .withSubject(index.descriptor());
        layout.putManifest(sbom.manifest());

        String output = oras.run("discover", "--oci-layout", written + ":v1");

        assertThat(output)
                .contains("application/spdx+json")
                .contains(sbom.digest().value());
    }

    private static Digest push(String repository) throws IOException {
        return write(client.repository(new RepositoryName(registry.name(), repository)));
    }

    /** An index over two platforms whose images share a stored layer and have a compressed one each. */
    private static Digest write(ContentStore store) throws IOException {
        byte[] jar = new byte[2_000_000];
        RANDOM.nextBytes(jar);
        Layer shared = layer(LayerEntry.RegularFile.of("app.jar", Attributes.of(0644), jar), Compression.AUTO);
        assertThat(shared.descriptor().size()).isGreaterThan(jar.length);
        store.putBlob(shared.descriptor(), shared.content());
        List<Descriptor> children = List.of(image(store, "linux/amd64", shared), image(store, "linux/arm64", shared));
        return store.tag(ImageIndex.of(children).manifest(), "v1").digest();
    }

    private static Descriptor image(ContentStore store, String name, Layer shared) throws IOException {
        Platform platform = Platform.parse(name);
        byte[] text = (name + "\n").repeat(400_000).getBytes(StandardCharsets.UTF_8);
        Layer own = layer(LayerEntry.RegularFile.of("etc/platform", Attributes.of(0644), text), Compression.AUTO);
        assertThat(own.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
        store.putBlob(own.descriptor(), own.content());
        ImageConfig config = ImageConfig.of(platform)
                .withCreated(Instant.EPOCH)
                .withLayer(shared.diffId(), History.layer(Instant.EPOCH, "COPY app.jar"))
                .withLayer(own.diffId(), History.layer(Instant.EPOCH, "COPY etc"));
        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        ImageManifest image = ImageManifest.of(config.descriptor(), List.of(shared.descriptor(), own.descriptor()));
        return store.putManifest(image.manifest()).withPlatform(platform);
    }

    private static Layer layer(LayerEntry entry, Compression compression) throws IOException {
        Path file = Files.createTempFile(directory, "layer", "");
        return new LayerWriter(LayerOptions.DEFAULT.withCompression(compression)).write(List.of(entry), file);
    }
}
