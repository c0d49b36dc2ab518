package dev.slipway.signing.cosign;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import java.util.List;

/**
 * A manifest to be written, and the blobs that must be there first.
 *
 * @param blobs with the config
 */
public record Artifact(ImageManifest manifest, List<Blob> blobs) {

    /** A blob and where its bytes come from. */
    public record Blob(Descriptor descriptor, BlobSource content) {
        /** The config of what is no image: one for all. */
        static final Blob EMPTY = new Blob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);

        static Blob of(String mediaType, byte[] content) {
            return new Blob(Descriptor.of(mediaType, content), BlobSource.of(content));
        }
    }

    public Artifact {
        blobs = List.copyOf(blobs);
    }
}
