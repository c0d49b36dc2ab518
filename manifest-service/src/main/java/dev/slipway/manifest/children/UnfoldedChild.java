package dev.slipway.manifest.children;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * The image inside a child that is an index itself, as BuildKit writes it when it attests.
 *
 * @param attestations of the image, and artifacts without a platform, in the order of the child
 */
record UnfoldedChild(Descriptor image, List<Descriptor> attestations) {

    /** One platform was asked for, so an index over several images, or over none, is not what was to be built. */
    static UnfoldedChild of(Child child, ImageIndex index) {
        List<Descriptor> images = new ArrayList<>();
        List<Descriptor> artifacts = new ArrayList<>();
        for (Descriptor entry : index.images()) {
            (entry.artifactType() == null ? images : artifacts).add(entry);
        }
        if (images.size() != 1) {
            throw UnfitChildException.of(
                    child,
                    ChildFault.Kind.PLATFORM,
                    "is an index over %d images and not over one".formatted(images.size()));
        }
        Descriptor image = images.getFirst();
        List<Descriptor> attestations = new ArrayList<>(index.attestationsOf(image.digest()));
        attestations.addAll(artifacts);
        index.manifests().stream()
                .filter(entry -> !entry.equals(image) && !attestations.contains(entry))
                .findFirst()
                .ifPresent(stray -> {
                    throw UnfitChildException.of(
                            child,
                            ChildFault.Kind.MALFORMED,
                            "is an index with %s, an attestation of an image that is not in it"
                                    .formatted(stray.digest()));
                });
        image.optionalPlatform()
                .filter(platform -> !platform.name().equals(child.platform().name()))
                .ifPresent(platform -> {
                    throw UnfitChildException.of(
                            child, ChildFault.Kind.PLATFORM, "is an index over an image for " + platform);
                });
        return new UnfoldedChild(image, List.copyOf(attestations));
    }
}
