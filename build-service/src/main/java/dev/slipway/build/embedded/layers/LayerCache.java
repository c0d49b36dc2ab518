package dev.slipway.build.embedded.layers;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.image.ImageManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers that were made before, in staging: an artifact for each, under a tag that follows from the files in it. */
final class LayerCache {
    private static final String TYPE = "application/vnd.slipway.layer-cache.v1+json";
    private static final String DIFF_ID = "dev.slipway.layer.diff-id";

    private final ContentStore staging;

    LayerCache(ContentStore staging) {
        this.staging = staging;
    }

    Optional<StagedLayer> find(Digest key) {
        return staging.manifest(tag(key))
                .map(ImageManifest::of)
                .flatMap(LayerCache::read)
                .filter(layer -> staging.hasBlob(layer.descriptor().digest()));
    }

    void keep(Digest key, StagedLayer layer) {
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        ImageManifest artifact = ImageManifest.artifact(TYPE, List.of(layer.descriptor()))
                .withAnnotations(Map.of(DIFF_ID, layer.diffId().value()));
        staging.tag(artifact.manifest(), tag(key));
    }

    private static Optional<StagedLayer> read(ImageManifest artifact) {
        String diffId = artifact.annotations().get(DIFF_ID);
        if (diffId == null || !Digest.isDigest(diffId) || artifact.layers().size() != 1) {
            return Optional.empty();
        }
        Descriptor layer = artifact.layers().getFirst();
        return Optional.of(new StagedLayer(layer, new Digest(diffId), true));
    }

    private static String tag(Digest key) {
        return "cache-" + key.hex();
    }
}
