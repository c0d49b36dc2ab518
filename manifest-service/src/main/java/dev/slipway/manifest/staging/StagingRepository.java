package dev.slipway.manifest.staging;

import dev.slipway.manifest.children.StagedImages;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import java.util.Optional;

/** Staged images in a content store. */
public final class StagingRepository implements StagedImages {
    private final ContentStore store;

    public StagingRepository(ContentStore store) {
        this.store = store;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return store.manifest(digest.value());
    }

    @Override
    public Optional<byte[]> config(Descriptor config) {
        try {
            return Optional.of(store.blob(config));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean hasLayer(Digest layer) {
        return store.hasBlob(layer);
    }

    @Override
    public Descriptor putIndex(Manifest index, String tag) {
        return store.tag(index, tag);
    }
}
