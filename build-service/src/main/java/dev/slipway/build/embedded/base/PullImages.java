package dev.slipway.build.embedded.base;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.ImageRepositories;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the image of a platform behind a digest, and remembers it: a digest always stands for the same. */
public final class PullImages {
    private static final int REMEMBERED = 100;

    private record Key(Reference.Digested reference, Platform platform) {}

    private final ImageRepositories repositories;
    private final ReadLayers layers;
    private final Map<Key, PulledImage> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PulledImage> eldest) {
            return size() > REMEMBERED;
        }
    };

    public PullImages(ImageRepositories repositories, ReadLayers layers) {
        this.repositories = repositories;
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
        PulledImage image = fetch(reference, platform);
        synchronized (known) {
            known.put(key, image);
        }
        return image;
    }

    private PulledImage fetch(Reference.Digested reference, Platform platform) {
        ContentStore repository = repositories.open(reference.repository());
        try {
            Manifest manifest = manifest(repository, reference, reference.digest());
            if (MediaTypes.isIndex(manifest.mediaType())) {
                Descriptor child = child(ImageIndex.of(manifest), reference, platform);
                manifest = manifest(repository, reference, child.digest());
            }
            return image(reference, repository, ImageManifest.of(manifest));
        } catch (StoreException e) {
            throw new BuildException(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "base image '%s': %s".formatted(reference, e.getMessage()),
                    e.retryable(),
                    e);
        } catch (MalformedDocumentException e) {
            throw new BuildException(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "base image '%s': %s".formatted(reference, e.getMessage()),
                    false,
                    e);
        }
    }

    private static Manifest manifest(ContentStore repository, Reference.Digested reference, Digest digest) {
        return repository
                .manifest(digest.value())
                .orElseThrow(() -> BuildException.permanent(
                        Reason.BASE_IMAGE_UNAVAILABLE,
                        "base image '%s': %s has no manifest %s".formatted(reference, repository.location(), digest)));
    }

    private static Descriptor child(ImageIndex index, Reference.Digested reference, Platform platform) {
        record Candidate(Descriptor image, int distance) {}
        Optional<Candidate> best = index.images().stream()
                .flatMap(image -> image.optionalPlatform().flatMap(platform::distanceTo).stream()
                        .map(distance -> new Candidate(image, distance)))
                .min(Comparator.comparingInt(Candidate::distance));
        return best.orElseThrow(() -> BuildException.permanent(
                        Reason.PLATFORM_UNAVAILABLE,
                        "base image '%s' has no image for %s".formatted(reference, platform)))
                .image();
    }

    private PulledImage image(Reference.Digested reference, ContentStore repository, ImageManifest manifest) {
        ImageConfig config = ImageConfig.parse(repository.blob(manifest.config()));
        if (!config.onBuild().isEmpty()) {
            throw BuildException.permanent(
                    Reason.DOCKERFILE_UNSUPPORTED,
                    "base image '%s' has ONBUILD instructions, which the embedded builder does not carry out; builders that can: buildkit, buildah"
                            .formatted(reference));
        }
        if (config.diffIds().size() != manifest.layers().size()) {
            throw BuildException.permanent(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "base image '%s' is broken: its manifest has %d layers and its config %d"
                            .formatted(
                                    reference,
                                    manifest.layers().size(),
                                    config.diffIds().size()));
        }
        List<PulledImage.Layer> found = new ArrayList<>();
        for (int i = 0; i < config.diffIds().size(); i++) {
            found.add(new PulledImage.Layer(
                    usable(reference, manifest.layers().get(i)),
                    config.diffIds().get(i)));
        }
        return new PulledImage(reference, repository, config, found, layers.lazily(repository, found));
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
