package dev.slipway.build.image;

import dev.slipway.build.PlatformBuildTask;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives an image whose layers are in staging what every image says of itself. */
public final class FinishImage {
    private static final String REQUEST_TYPE = "application/vnd.slipway.request.v1+json";

    private final ContentStore staging;

    public FinishImage(ContentStore staging) {
        this.staging = staging;
    }

    /**
     * An image as its builder made it.
     *
     * @param config with the labels of its base, and with the diff ids of the layers
     * @param own labels that the Dockerfile sets
     * @param root the image that all rests on; none where it began with nothing
     */
    public record Raw(
            ImageConfig config, List<Descriptor> layers, Map<String, String> own, Optional<Reference.Digested> root) {
        public Raw {
            layers = List.copyOf(layers);
            own = Map.copyOf(own);
        }
    }

    /**
     * What it became.
     *
     * @param manifest not written yet
     * @param referrers written already
     */
    public record Finished(Manifest manifest, List<Descriptor> referrers) {
        public Finished {
            referrers = List.copyOf(referrers);
        }
    }

    /** Writes the config. */
    public Finished finish(PlatformBuildTask task, Raw image, CreationTime time) {
        ImageConfig config = image.config()
                .withPlatform(task.platform())
                .withCreated(time.image())
                .withLabels(StandardLabels.labels(task, image.config().labels(), image.own(), image.root(), time));
        staging.sendBlob(config.descriptor(), BlobSource.of(config.bytes()));
        ImageManifest manifest = ImageManifest.of(config.descriptor(), image.layers())
                .withAnnotations(StandardLabels.annotations(task, image.root(), time));
        return new Finished(
                manifest.manifest(), task.inputs().reproducible() ? List.of(request(task, manifest)) : List.of());
    }

    /** What a reproducible image must not say itself. */
    private Descriptor request(PlatformBuildTask task, ImageManifest image) {
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        ImageManifest request = ImageManifest.artifact(REQUEST_TYPE, List.of(ImageManifest.EMPTY_CONFIG))
                .withSubject(image.descriptor())
                .withAnnotations(StandardLabels.ofRequest(task.inputs()));
        staging.putManifest(request.manifest());
        return request.asReferrer();
    }
}
