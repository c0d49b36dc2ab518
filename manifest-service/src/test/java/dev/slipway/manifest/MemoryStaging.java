package dev.slipway.manifest;

import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Staging in memory, with a worker that puts images there. */
final class MemoryStaging implements StagedImages {
    final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();
    final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, Manifest> tags = new HashMap<>();
    final ConcurrentLinkedQueue<Digest> layersAskedFor = new ConcurrentLinkedQueue<>();

    @Override
    public String location() {
        return "staging.example/slipway";
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    @Override
    public Optional<byte[]> config(Descriptor config) {
        return Optional.ofNullable(blobs.get(config.digest()));
    }

    @Override
    public boolean hasLayer(Digest layer) {
        layersAskedFor.add(layer);
        return blobs.containsKey(layer);
    }

    @Override
    public Descriptor putIndex(Manifest index, String tag) {
        tags.put(tag, index);
        return index.descriptor();
    }

    Manifest tagged(String tag) {
        return Optional.ofNullable(tags.get(tag)).orElseThrow();
    }

    /** An image whose layers are the given texts. */
    Child image(String platform, String... layers) {
        return image(ImageConfig.of(Platform.parse(platform)), Platform.parse(platform), layers);
    }

    Child image(ImageConfig config, Platform announced, String... layers) {
        List<Descriptor> descriptors =
                Arrays.stream(layers).map(text -> layer(MediaTypes.LAYER, text)).toList();
        return image(withDiffIds(config, descriptors), announced, descriptors);
    }

    Child image(ImageConfig config, Platform announced, List<Descriptor> layers) {
        blobs.put(config.digest(), config.bytes());
        return put(ImageManifest.of(config.descriptor(), layers).manifest(), announced);
    }

    Child put(Manifest manifest, Platform announced) {
        manifests.put(manifest.digest(), manifest);
        return new Child(announced, manifest.descriptor(), List.of());
    }

    Descriptor layer(String mediaType, String text) {
        Descriptor layer = Descriptor.of(mediaType, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        blobs.put(layer.digest(), new byte[0]);
        return layer;
    }

    static ImageConfig withDiffIds(ImageConfig config, List<Descriptor> layers) {
        List<Digest> diffIds = new ArrayList<>();
        layers.forEach(layer -> diffIds.add(layer.digest()));
        return config.withDiffIds(diffIds);
    }
}
