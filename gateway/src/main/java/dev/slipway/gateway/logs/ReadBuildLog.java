package dev.slipway.gateway.logs;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageManifest;
import java.io.InputStream;
import java.util.Optional;

/** Reads the log of a platform's build. */
public final class ReadBuildLog {
    private static final String BUILD_LOG = "application/vnd.slipway.build-log.v1";

    private final ContentStore staging;

    public ReadBuildLog(ContentStore staging) {
        this.staging = staging;
    }

    /**
     * The text, which the caller closes; empty where nothing in staging has the digest, or something that is no log.
     *
     * @param artifact as events name it
     * @throws dev.slipway.oci.StoreException where staging cannot be read
     */
    public Optional<InputStream> read(Digest artifact) {
        return staging.manifest(artifact.value())
                .filter(manifest -> manifest.mediaType().equals(MediaTypes.IMAGE_MANIFEST))
                .map(ImageManifest::of)
                .filter(manifest -> BUILD_LOG.equals(manifest.artifactType()))
                .map(manifest -> staging.openBlob(manifest.layers().getFirst()));
    }
}
