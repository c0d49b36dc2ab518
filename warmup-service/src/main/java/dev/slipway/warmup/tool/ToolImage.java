package dev.slipway.warmup.tool;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.Compression;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerOptions;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An index over images that hold the program and nothing else; its digest is the same wherever it is made. */
public final class ToolImage {
    /** Where the program is in it. */
    public static final String PROGRAM = "slipway-true";

    private final ImageIndex index;
    private final List<ImageManifest> images;
    private final Map<Descriptor, byte[]> blobs;

    private ToolImage(ImageIndex index, List<ImageManifest> images, Map<Descriptor, byte[]> blobs) {
        this.index = index;
        this.images = images;
        this.blobs = blobs;
    }

    public static ToolImage make() {
        List<ImageManifest> images = new ArrayList<>();
        List<Descriptor> entries = new ArrayList<>();
        Map<Descriptor, byte[]> blobs = new HashMap<>();
        new TreeMap<>(ToolProgram.byArchitecture()).forEach((architecture, program) -> {
            byte[] layer = layer(program);
            Descriptor layerDescriptor = Descriptor.of(MediaTypes.LAYER, layer);
            Platform platform = Platform.of("linux", architecture);
            ImageConfig config = ImageConfig.of(platform)
                    .withEntrypoint(List.of("/" + PROGRAM))
                    .withDiffIds(List.of(Digest.of(layer)));
            ImageManifest image = ImageManifest.of(config.descriptor(), List.of(layerDescriptor));
            blobs.put(layerDescriptor, layer);
            blobs.put(config.descriptor(), config.bytes());
            images.add(image);
            entries.add(image.descriptor().withPlatform(platform));
        });
        return new ToolImage(ImageIndex.of(entries), images, blobs);
    }

    private static byte[] layer(byte[] program) {
        try {
            Path file = Files.createTempFile("slipway-tool", ".tar");
            try {
                new LayerWriter(LayerOptions.DEFAULT.withCompression(Compression.NONE))
                        .write(List.of(LayerEntry.RegularFile.of(PROGRAM, Attributes.of(0755), program)), file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the tool image's layer cannot be written", e);
        }
    }

    public Digest digest() {
        return index.digest();
    }

    /** Puts what is missing into a repository, the index last, and names it by a tag, so that no clean-up takes it. */
    public void putInto(ContentStore repository, String tag) {
        blobs.forEach((descriptor, content) -> repository.putBlob(descriptor, BlobSource.of(content)));
        images.forEach(image -> repository.putManifest(image.manifest()));
        repository.tag(index.manifest(), tag);
    }
}
