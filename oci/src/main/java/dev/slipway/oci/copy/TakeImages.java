package dev.slipway.oci.copy;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;

/** Takes images over from another repository, or finds them in the same, and reads for which platforms they are. */
public final class TakeImages {
    private final ContentStore from;
    private final CopyManifest copy;

    public TakeImages(ContentStore from, RepositoryName fromName, ContentStore to) {
        this.from = from;
        this.copy = new CopyManifest(from, fromName, to);
    }

    /**
     * What comes into an index.
     *
     * @param images with the platform that their config says
     */
    public record Taken(List<Descriptor> images, List<Descriptor> attestations) {
        public Taken {
            images = List.copyOf(images);
            attestations = List.copyOf(attestations);
        }
    }

    /**
     * The image that a tag or digest names; of an index, all of them.
     *
     * @throws StoreException also where one is not there
     * @throws MalformedDocumentException where one is no image
     */
    public Taken take(String tagOrDigest) {
        Manifest manifest = fetch(tagOrDigest);
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            return new Taken(List.of(image(manifest)), List.of());
        }
        ImageIndex index = ImageIndex.of(manifest);
        List<Descriptor> images = new ArrayList<>();
        List<Descriptor> attestations = new ArrayList<>();
        for (Descriptor child : index.images()) {
            images.add(image(fetch(child.digest().value())));
            for (Descriptor attestation : index.attestationsOf(child.digest())) {
                copy.copy(fetch(attestation.digest().value()));
                attestations.add(attestation);
            }
        }
        return new Taken(images, attestations);
    }

    private Descriptor image(Manifest manifest) {
        ImageManifest image = copy.copy(manifest);
        ImageConfig config = ImageConfig.parse(from.blob(image.config()));
        if (config.diffIds().size() != image.layers().size()) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    from.location(),
                    "image %s in %s has %d layers and %d diff ids"
                            .formatted(
                                    manifest.digest(),
                                    from.location(),
                                    image.layers().size(),
                                    config.diffIds().size()),
                    null);
        }
        return manifest.descriptor().withPlatform(config.platform());
    }

    private Manifest fetch(String tagOrDigest) {
        return from.manifest(tagOrDigest)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        from.location(),
                        "%s says that it does not have '%s'".formatted(from.location(), tagOrDigest),
                        null));
    }
}
