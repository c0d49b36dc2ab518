package dev.slipway.cli.index;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryRepository;
import java.util.ArrayList;
import java.util.List;

/** Takes images over from another repository, or finds them in the same, and reads for which platforms they are. */
final class TakeImages {
    private final RegistryRepository from;
    private final RegistryRepository to;

    TakeImages(RegistryRepository from, RegistryRepository to) {
        this.from = from;
        this.to = to;
    }

    /**
     * What comes into an index.
     *
     * @param images with the platform that their config says
     */
    record Taken(List<Descriptor> images, List<Descriptor> attestations) {}

    /** The image that a tag or digest names; of an index, all of them. */
    Taken take(String tagOrDigest) {
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
                copy(fetch(attestation.digest().value()));
                attestations.add(attestation);
            }
        }
        return new Taken(List.copyOf(images), List.copyOf(attestations));
    }

    private Descriptor image(Manifest manifest) {
        ImageManifest image = copy(manifest);
        ImageConfig config = ImageConfig.parse(from.blob(image.config()));
        if (config.diffIds().size() != image.layers().size()) {
            throw CommandFailure.usage("%s@%s has %d layers and %d diff ids"
                    .formatted(
                            from.name(),
                            manifest.digest(),
                            image.layers().size(),
                            config.diffIds().size()));
        }
        return manifest.descriptor().withPlatform(config.platform());
    }

    private ImageManifest copy(Manifest manifest) {
        ImageManifest image = ImageManifest.of(manifest);
        if (!from.name().equals(to.name())) {
            List<Descriptor> blobs = new ArrayList<>(image.layers());
            blobs.add(image.config());
            blobs.forEach(this::copy);
            to.putManifest(manifest);
        }
        return image;
    }

    private void copy(Descriptor blob) {
        if (!to.hasBlob(blob.digest()) && !to.mountBlob(blob.digest(), from.name())) {
            to.sendBlob(blob, () -> from.openBlob(blob));
        }
    }

    private Manifest fetch(String tagOrDigest) {
        return from.manifest(tagOrDigest)
                .orElseThrow(() -> CommandFailure.usage(
                        "%s says that it does not have '%s'".formatted(from.location(), tagOrDigest)));
    }
}
