package dev.slipway.build.embedded.layers;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;

/** Brings layers of base images into staging: mounted where both are on one registry, else streamed through. */
public final class TakeOverLayers {
    private final ContentStore staging;

    public TakeOverLayers(ContentStore staging) {
        this.staging = staging;
    }

    /** Does nothing where the layer is there. */
    public void takeOver(Descriptor layer, ContentStore from, RepositoryName name) {
        if (staging.hasBlob(layer.digest()) || staging.mountBlob(layer.digest(), name)) {
            return;
        }
        try {
            staging.putBlob(layer, () -> from.openBlob(layer));
        } catch (StoreException e) {
            if (!e.location().equals(from.location())) {
                throw e;
            }
            throw new BuildException(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "layer %s of a base image: %s".formatted(layer.digest(), e.getMessage()),
                    e.retryable(),
                    e);
        }
    }
}
