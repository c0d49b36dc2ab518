package dev.slipway.build.embedded.layers;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;

/**
 * A layer that is in staging.
 *
 * @param reused whether it was found and not made
 */
public record StagedLayer(Descriptor descriptor, Digest diffId, boolean reused) {

    StagedLayer found() {
        return new StagedLayer(descriptor, diffId, true);
    }
}
