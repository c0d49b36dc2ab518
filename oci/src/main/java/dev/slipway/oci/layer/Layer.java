package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;

/**
 * A layer that is ready to be uploaded.
 *
 * @param diffId digest of the plain tar
 * @param content where its bytes are; as long as whatever it was made of stays as it was
 */
public record Layer(Descriptor descriptor, Digest diffId, BlobSource content) implements PreparedLayer {}
