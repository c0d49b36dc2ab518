package dev.slipway.gateway;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Digest;

/** Tells whether staging has a part of a build context, so that nobody sends it again. */
public final class FindContext {
    private final ContentStore staging;

    public FindContext(ContentStore staging) {
        this.staging = staging;
    }

    /** Whether it is there, as a blob or as a manifest. Fails with the store's exception. */
    public boolean isThere(Digest digest) {
        return staging.hasBlob(digest) || staging.resolve(digest.value()).isPresent();
    }
}
