package dev.slipway.push.staging;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.work.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that an index names, and what refers to it.
 *
 * @param levels the children; each level names only manifests of the levels before it
 * @param referrers subjects first
 * @param configs each once, also those of referrers
 * @param layers each once, without those that registries do not distribute
 */
record ImageContent(
        Manifest index,
        List<List<Manifest>> levels,
        List<Manifest> referrers,
        List<Descriptor> configs,
        List<Descriptor> layers) {

    List<Manifest> children() {
        return levels.stream().flatMap(List::stream).distinct().toList();
    }

    List<Descriptor> blobs() {
        List<Descriptor> all = new ArrayList<>(configs);
        all.addAll(layers);
        return all;
    }

    /** Reads it all, level by level, each level at once. */
    static ImageContent read(Manifests manifests, PublishPlan plan, Parallel parallel) {
        Manifest index = manifests.get(plan.index());
        List<Manifest> referrers = parallel.map(plan.referrers(), manifests::get);
        List<List<Manifest>> levels = new ArrayList<>();
        Blobs blobs = new Blobs();
        List<Manifest> level = new ArrayList<>(referrers);
        level.add(index);
        while (!level.isEmpty()) {
            Set<Descriptor> next = new LinkedHashSet<>();
            for (Manifest manifest : level) {
                if (MediaTypes.isIndex(manifest.mediaType())) {
                    next.addAll(ImageIndex.of(manifest).manifests());
                } else {
                    blobs.add(ImageManifest.of(manifest));
                }
            }
            level = parallel.map(next, manifests::get);
            levels.addFirst(level);
        }
        levels.removeIf(List::isEmpty);
        return new ImageContent(index, List.copyOf(levels), referrers, blobs.configs(), blobs.layers());
    }

    private record Blobs(Map<Digest, Descriptor> configsByDigest, Map<Digest, Descriptor> layersByDigest) {
        Blobs() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(ImageManifest manifest) {
            configsByDigest.putIfAbsent(manifest.config().digest(), manifest.config());
            for (Descriptor layer : manifest.layers()) {
                if (distributed(layer.mediaType())) {
                    layersByDigest.putIfAbsent(layer.digest(), layer);
                }
            }
        }

        List<Descriptor> configs() {
            return List.copyOf(configsByDigest.values());
        }

        List<Descriptor> layers() {
            return layersByDigest.values().stream()
                    .filter(layer -> !configsByDigest.containsKey(layer.digest()))
                    .toList();
        }

        /** image-spec 1.1, "Non-Distributable Layers", and Docker's foreign ones: they stay where their URLs say. */
        private static boolean distributed(String mediaType) {
            return !mediaType.contains(".nondistributable.") && !mediaType.contains(".foreign.");
        }
    }
}
