package dev.slipway.build.embedded.base;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.Capability;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.image.PlatformImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the image of a platform behind a digest, and remembers it: a digest always stands for the same. */
public final class PullImages {
    private static final int REMEMBERED = 100;

    private record Key(Reference.Digested reference, Platform platform) {}

    private final PlatformImages images;
    private final ReadLayers layers;
    private final Map<Key, PulledImage> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PulledImage> eldest) {
            return size() > REMEMBERED;
        }
    };

    public PullImages(ImageRepositories repositories, ReadLayers layers) {
        this.images = new PlatformImages(repositories);
        this.layers = layers;
    }

    /**
     * Finds the image that runs best on a platform.
     *
     * @throws BuildException {@code BASE_IMAGE_UNAVAILABLE}, {@code PLATFORM_UNAVAILABLE}, or {@code DOCKERFILE_UNSUPPORTED}
     *     for what only other builders can use
     */
    public PulledImage pull(Reference.Digested reference, Platform platform) {
        Key key = new Key(reference, platform);
        synchronized (known) {
            PulledImage image = known.get(key);
            if (image != null) {
                return image;
            }
        }
        PulledImage image = usable(images.find(reference, platform));
        synchronized (known) {
            known.put(key, image);
        }
        return image;
    }

    private PulledImage usable(PlatformImages.Found image) {
        Reference.Digested reference = image.reference();
        ImageConfig config = image.config();
        if (!config.onBuild().isEmpty()) {
            throw BuildException.permanent(
                    Reason.DOCKERFILE_UNSUPPORTED,
                    "base image '%s' has ONBUILD instructions, which the embedded builder does not carry out; builders that can: %s"
                            .formatted(reference, Capability.PROGRAMS));
        }
        List<PulledImage.Layer> found = new ArrayList<>();
        for (int i = 0; i < config.diffIds().size(); i++) {
            found.add(new PulledImage.Layer(
                    usable(reference, image.manifest().layers().get(i)),
                    config.diffIds().get(i)));
        }
        return new PulledImage(reference, image.repository(), config, found, layers.lazily(image.repository(), found));
    }

    /** Docker's gzip layers are the OCI's under another name. */
    private static Descriptor usable(Reference.Digested reference, Descriptor layer) {
        return switch (layer.mediaType()) {
            case MediaTypes.LAYER, MediaTypes.LAYER_GZIP, MediaTypes.LAYER_ZSTD -> layer;
            case MediaTypes.DOCKER_LAYER_GZIP -> Descriptor.of(MediaTypes.LAYER_GZIP, layer.digest(), layer.size());
            default ->
                throw BuildException.permanent(
                        Reason.DOCKERFILE_UNSUPPORTED,
                        "base image '%s' has a layer of type %s, which the embedded builder cannot build upon"
                                .formatted(reference, layer.mediaType()));
        };
    }
}
