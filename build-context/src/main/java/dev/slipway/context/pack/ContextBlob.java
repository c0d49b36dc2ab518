package dev.slipway.context.pack;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;

/**
 * A blob to be sent. Reading it again reads the files again, unless it was small enough to keep.
 *
 * @param content throws {@link dev.slipway.context.ContextException} of kind {@code CHANGED} while it is read, where a file
 *     is no longer what its digest was taken of
 */
public record ContextBlob(Descriptor descriptor, BlobSource content) {}
