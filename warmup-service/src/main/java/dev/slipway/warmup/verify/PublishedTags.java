package dev.slipway.warmup.verify;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.util.Optional;

/** What references name. */
public interface PublishedTags {

    /**
     * The digest that a reference names now; empty where there is no such image.
     *
     * @throws dev.slipway.oci.StoreException when its registry does not say
     */
    Optional<Digest> digestOf(Reference reference);
}
