package dev.slipway.build.embedded.base;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import java.util.List;
import java.util.function.Supplier;

/**
 * The image of one platform on a registry. Its layers are not fetched: what is on top of them only has to name them. Which
 * files are in them is read when somebody asks.
 *
 * @param reference what was asked for, an index or an image
 * @param layers the lowest first, in the OCI's media types
 */
public record PulledImage(
        Reference.Digested reference,
        ContentStore repository,
        ImageConfig config,
        List<Layer> layers,
        Supplier<FileTree> files) {

    public PulledImage {
        layers = List.copyOf(layers);
    }

    public record Layer(Descriptor descriptor, Digest diffId) {}
}
