package dev.slipway.cli.build;

import dev.slipway.oci.Descriptor;

/**
 * A context that lies in staging.
 *
 * @param dockerfile its path inside the context
 * @param totalBytes before {@code .dockerignore}
 * @param packedBytes after it
 * @param sentBytes what was not there yet
 */
record SentContext(
        Descriptor manifest, String dockerfile, int fileCount, long totalBytes, long packedBytes, long sentBytes) {}
