package dev.slipway.oci.copy;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies images and artifacts from one repository to another: blobs first, by mount where both are on one registry. What is
 * there already is not sent, and within one repository nothing is.
 */
public final class CopyManifest {
    private final ContentStore from;
    private final RepositoryName fromName;
    private final ContentStore to;

    public CopyManifest(ContentStore from, RepositoryName fromName, ContentStore to) {
        this.from = from;
        this.fromName = fromName;
        this.to = to;
    }

    /**
     * Copies a manifest of the source, and what it names.
     *
     * @throws StoreException also where a blob is not there or is damaged
     * @throws MalformedDocumentException where it is an index, or no manifest
     */
    public ImageManifest copy(Manifest manifest) {
        ImageManifest image = ImageManifest.of(manifest);
        if (!from.location().equals(to.location())) {
            List<Descriptor> blobs = new ArrayList<>(image.layers());
            blobs.add(image.config());
            blobs.forEach(this::copy);
            to.putManifest(manifest);
        }
        return image;
    }

    private void copy(Descriptor blob) {
        if (!to.hasBlob(blob.digest()) && !isElsewhere(blob) && !to.mountBlob(blob.digest(), fromName)) {
            to.sendBlob(blob, () -> from.openBlob(blob));
        }
    }

    /** image-spec 1.1, "Non-Distributable Layers", and Docker's foreign ones: they name where they are. */
    private boolean isElsewhere(Descriptor blob) {
        String type = blob.mediaType();
        return (type.contains(".nondistributable.") || type.contains(".foreign.")) && !from.hasBlob(blob.digest());
    }
}
