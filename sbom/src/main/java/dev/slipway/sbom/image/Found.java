package dev.slipway.sbom.image;

import dev.slipway.oci.Digest;
import dev.slipway.sbom.catalogue.Component;

/**
 * A package and where it was found.
 *
 * @param layer digest of the layer as it is stored
 */
public record Found(Component component, String path, Digest layer) {}
