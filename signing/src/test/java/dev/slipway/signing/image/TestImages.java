package dev.slipway.signing.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small images that are real ones. */
final class TestImages {
    static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "linux/arm/v7");

    private TestImages() {}

    /** An index over {@link #PLATFORMS} under a tag, each with an SBOM as BuildKit attests it. */
    static ImageIndex push(ContentStore store, String tag) {
        List<Descriptor> children = PLATFORMS.stream()
                .map(Platform::parse)
                .map(platform -> image(store, platform))
                .toList();
        List<Descriptor> entries = new ArrayList<>(children);
        children.forEach(child -> entries.add(attestation(store, child.digest())));
        ImageIndex index = ImageIndex.of(entries);
        store.tag(index.manifest(), tag);
        return index;
    }

    static List<Descriptor> parts(ImageIndex index) {
        return Stream.concat(Stream.of(index.descriptor()), index.images().stream())
                .toList();
    }

    private static Descriptor attestation(ContentStore store, Digest of) {
        byte[] statement = """
                {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document",\
                "subject":[],"predicate":{"spdxVersion":"SPDX-2.3","name":"%s"}}""".formatted(of).getBytes(UTF_8);
        Descriptor layer = Descriptor.of("application/vnd.in-toto+json", statement);
        store.putBlob(layer, BlobSource.of(statement));
        store.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of(new byte[] {'{', '}'}));
        return store.putManifest(ImageManifest.of(ImageManifest.EMPTY_CONFIG, List.of(layer))
                        .manifest())
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(Map.of(
                        ImageIndex.REFERENCE_TYPE, "attestation-manifest", ImageIndex.REFERENCE_DIGEST, of.value()));
    }

    private static Descriptor image(ContentStore store, Platform platform) {
        byte[] tar = tar("for " + platform);
        byte[] gzip = gzip(tar);
        Descriptor layer = Descriptor.of(MediaTypes.LAYER_GZIP, gzip);
        store.putBlob(layer, BlobSource.of(gzip));
        ImageConfig config = ImageConfig.of(platform).withDiffIds(List.of(Digest.of(tar)));
        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        return store.putManifest(
                        ImageManifest.of(config.descriptor(), List.of(layer)).manifest())
                .withPlatform(platform);
    }

    private static byte[] tar(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("file");
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
