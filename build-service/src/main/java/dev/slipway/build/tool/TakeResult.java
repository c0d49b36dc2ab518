package dev.slipway.build.tool;

import dev.slipway.build.BuiltImage;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.image.FinishImage;
import dev.slipway.build.image.PlatformImages;
import dev.slipway.build.image.TakeOverLayers;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of a tool's image what the embedded builder would have made: layers of the base are those that its registry has,
 * labels and annotations are Slipway's, and no label of a request was ever part of a tool's cache keys.
 */
public final class TakeResult {
    private final ContentStore staging;
    private final PlatformImages images;
    private final TakeOverLayers bases;
    private final FinishImage finish;

    public TakeResult(ContentStore staging, ImageRepositories repositories) {
        this.staging = staging;
        this.images = new PlatformImages(repositories);
        this.bases = new TakeOverLayers(staging);
        this.finish = new FinishImage(staging);
    }

    /**
     * Brings the image into staging, all but its manifest.
     *
     * @param from where the tool has put it
     * @param image digest of its manifest
     */
    public BuiltImage take(PlatformBuildTask task, Workplace place, ContentStore from, Digest image) {
        ImageManifest manifest = from.manifest(image.value())
                .map(ImageManifest::of)
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no manifest %s, which the tool says it wrote".formatted(from.location(), image)));
        ImageConfig config = ImageConfig.parse(from.blob(manifest.config()));
        Optional<PlatformImages.Found> root = place.root().map(base -> images.find(base.reference(), base.platform()));
        List<Descriptor> layers = new ArrayList<>();
        int reused = 0;
        for (int i = 0; i < manifest.layers().size(); i++) {
            Optional<Descriptor> below = ofBase(root, config, i);
            Descriptor layer = below.orElse(plain(manifest.layers().get(i)));
            if (below.isPresent()) {
                PlatformImages.Found base = root.orElseThrow();
                bases.takeOver(layer, base.repository(), base.reference().repository());
            } else {
                staging.putBlob(layer, () -> from.openBlob(layer));
            }
            reused += below.isPresent() ? 1 : 0;
            layers.add(layer);
        }
        Map<String, String> inherited = root.map(base -> base.config().labels()).orElse(Map.of());
        Map<String, String> own = new HashMap<>(config.labels());
        own.entrySet().removeAll(inherited.entrySet());
        FinishImage.Finished finished = finish.finish(
                task,
                new FinishImage.Raw(
                        config.withLabels(inherited), layers, own, root.map(PlatformImages.Found::reference)),
                CreationTime.of(task.inputs()));
        return new BuiltImage(
                finished.manifest(),
                task.platform(),
                finished.referrers(),
                layers.size() - reused,
                reused,
                place.context().totalBytes(),
                place.context().packedBytes());
    }

    /** The base's own form of a layer, which a tool may have compressed anew. */
    private static Optional<Descriptor> ofBase(Optional<PlatformImages.Found> root, ImageConfig config, int index) {
        return root.filter(base -> index < base.config().diffIds().size()
                        && base.config()
                                .diffIds()
                                .subList(0, index + 1)
                                .equals(config.diffIds().subList(0, index + 1)))
                .map(base -> plain(base.manifest().layers().get(index)));
    }

    /** Docker's gzip layers are the OCI's under another name. */
    private static Descriptor plain(Descriptor layer) {
        String type =
                layer.mediaType().equals(MediaTypes.DOCKER_LAYER_GZIP) ? MediaTypes.LAYER_GZIP : layer.mediaType();
        return Descriptor.of(type, layer.digest(), layer.size());
    }
}
