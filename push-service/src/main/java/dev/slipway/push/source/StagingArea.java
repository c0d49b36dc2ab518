package dev.slipway.push.source;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.push.Manifests;
import java.nio.file.Path;

/**
 * Where images come from.
 *
 * @param name of the repository that {@code store} is, for taking blobs over from it on the same registry
 * @param spoolDirectory where large blobs lie while they go to several registries
 * @param largeBlobsAtOnce how many of them are on their way at once, over all builds
 */
public record StagingArea(
        ContentStore store, RepositoryName name, Manifests manifests, Path spoolDirectory, int largeBlobsAtOnce) {

    /** The same, with a manifest that lies nowhere yet. */
    StagingArea with(Manifest made) {
        return new StagingArea(store, name, manifests.with(made), spoolDirectory, largeBlobsAtOnce);
    }
}
