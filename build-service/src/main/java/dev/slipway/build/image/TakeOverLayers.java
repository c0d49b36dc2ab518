package dev.slipway.build.image;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
        // a store that sends may tell of its own trouble only
        AtomicReference<Optional<StoreException>> unreadable = new AtomicReference<>(Optional.empty());
        try {
            staging.putBlob(layer, () -> open(layer, from, unreadable));
        } catch (StoreException e) {
            boolean ofBase = unreadable.get().isPresent() || e.location().equals(from.location());
            if (!ofBase) {
                throw e;
            }
            StoreException failure = unreadable.get().orElse(e);
            throw new BuildException(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "layer %s of base image %s: %s".formatted(layer.digest(), name, failure.getMessage()),
                    failure.retryable(),
                    failure);
        }
    }

    private static InputStream open(
            Descriptor layer, ContentStore from, AtomicReference<Optional<StoreException>> unreadable) {
        try {
            InputStream content = from.openBlob(layer);
            unreadable.set(Optional.empty());
            return content;
        } catch (StoreException e) {
            unreadable.set(Optional.of(e));
            throw e;
        }
    }
}
