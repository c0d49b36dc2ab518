package dev.slipway.warmup.verify;

import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;

/** Images in registries. */
public interface PublishedIndexes {

    /**
     * Reads what a digest names, down to the configs of its images.
     *
     * @throws dev.slipway.oci.StoreException when it cannot be read, or is not what its digest says
     */
    PublishedIndex read(RepositoryName repository, Digest digest);
}
