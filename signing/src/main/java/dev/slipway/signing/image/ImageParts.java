package dev.slipway.signing.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.List;

/** The manifests that make up an image, each of which is signed: nobody who verifies an index looks at its children. */
public final class ImageParts {
    private ImageParts() {}

    /**
     * One manifest.
     *
     * @param name {@code index}, {@code image}, or the platform of a child
     * @param present whether the store has it; of what a reference names, it has
     * @param attestations manifests that speak about it and are entries of the same index
     */
    public record Part(String name, Descriptor descriptor, boolean present, List<Descriptor> attestations) {
        public Part {
            attestations = List.copyOf(attestations);
        }
    }

    /**
     * What a reference names, then the images below.
     *
     * @throws StoreException also where nothing has that name
     */
    public static List<Part> read(ContentStore store, String tagOrDigest) {
        Manifest manifest = store.manifest(tagOrDigest)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        store.location(),
                        "%s says that it does not have '%s'".formatted(store.location(), tagOrDigest),
                        null));
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            return List.of(new Part("image", manifest.descriptor(), true, List.of()));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("index", manifest.descriptor(), true, List.of()));
        ImageIndex index = ImageIndex.of(manifest);
        for (Descriptor child : index.images()) {
            String name = child.optionalPlatform().map(Platform::toString).orElse("no platform");
            boolean present = store.manifest(child.digest().value()).isPresent();
            parts.add(new Part(name, child, present, index.attestationsOf(child.digest())));
        }
        return List.copyOf(parts);
    }
}
