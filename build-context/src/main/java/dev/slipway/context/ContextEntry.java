package dev.slipway.context;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;

/** Something in a context. Paths are relative to its root, with slashes; owners are always 0. */
public sealed interface ContextEntry {

    String path();

    record Directory(String path, int mode) implements ContextEntry {}

    /** A symbolic link; the target is as it was found, and does not lead out of the context. */
    record Link(String path, String target) implements ContextEntry {}

    /**
     * A regular file.
     *
     * @param size in bytes
     * @param digest of its content
     * @param blob the blob that it is, or the pack that it lies in
     * @param offset where it starts in the pack; 0 for a blob of its own
     */
    record RegularFile(String path, int mode, long size, Digest digest, Descriptor blob, long offset)
            implements ContextEntry {

        boolean packed() {
            return blob.mediaType().equals(ContextFormat.PACK);
        }
    }
}
