package dev.slipway.build.image;

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
import java.util.Comparator;
import java.util.Optional;

/** Finds the image of a platform behind a base image's digest. */
public final class PlatformImages {
    private final ImageRepositories repositories;

    public PlatformImages(ImageRepositories repositories) {
        this.repositories = repositories;
    }

    /**
     * The image of one platform.
     *
     * @param reference what was asked for, an index or an image
     * @param repository where it is
     */
    public record Found(
            Reference.Digested reference, ContentStore repository, ImageManifest manifest, ImageConfig config) {}

    /**
     * Finds the image that runs best on a platform.
     *
     * @throws BuildException {@code BASE_IMAGE_UNAVAILABLE}, or {@code PLATFORM_UNAVAILABLE}
     */
    public Found find(Reference.Digested reference, Platform platform) {
        ContentStore repository = repositories.open(reference.repository());
        try {
            Manifest manifest = manifest(repository, reference, reference.digest());
            if (MediaTypes.isIndex(manifest.mediaType())) {
                Descriptor child = child(ImageIndex.of(manifest), reference, platform);
                manifest = manifest(repository, reference, child.digest());
            }
            return image(reference, repository, ImageManifest.of(manifest));
        } catch (StoreException e) {
            throw unavailable(reference, e, e.retryable());
        } catch (MalformedDocumentException e) {
            throw unavailable(reference, e, false);
        }
    }

    private static BuildException unavailable(Reference.Digested reference, RuntimeException cause, boolean retryable) {
        return new BuildException(
                Reason.BASE_IMAGE_UNAVAILABLE,
                "base image '%s': %s".formatted(reference, cause.getMessage()),
                retryable,
                cause);
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

    private static Found image(Reference.Digested reference, ContentStore repository, ImageManifest manifest) {
        ImageConfig config = ImageConfig.parse(repository.blob(manifest.config()));
        if (config.diffIds().size() != manifest.layers().size()) {
            throw BuildException.permanent(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "base image '%s' is broken: its manifest has %d layers and its config %d"
                            .formatted(
                                    reference,
                                    manifest.layers().size(),
                                    config.diffIds().size()));
        }
        return new Found(reference, repository, manifest, config);
    }
}
