package dev.slipway.context.pack;

import dev.slipway.oci.Manifest;
import java.util.List;

/**
 * A context that is ready to be sent: its blobs first, in any order, then its manifest.
 *
 * @param dockerfile the Dockerfile's path inside the context, for the request
 * @param blobs without duplicates; the manifest's empty config is among them
 * @param totalBytes of all files in the directory
 * @param packedBytes of the files that {@code .dockerignore} left
 */
public record PackedContext(
        Manifest manifest,
        String dockerfile,
        List<ContextBlob> blobs,
        long totalBytes,
        long packedBytes,
        int fileCount) {
    public PackedContext {
        blobs = List.copyOf(blobs);
    }
}
