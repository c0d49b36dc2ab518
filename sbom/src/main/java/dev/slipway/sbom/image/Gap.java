package dev.slipway.sbom.image;

import dev.slipway.oci.Digest;

/**
 * A place where packages may be that nobody could read.
 *
 * @param path empty for the whole layer
 * @param reason a clause
 */
public record Gap(String path, Digest layer, String reason) {

    @Override
    public String toString() {
        return path.isEmpty()
                ? "layer %s: %s".formatted(layer, reason)
                : "'%s' of layer %s: %s".formatted(path, layer, reason);
    }
}
