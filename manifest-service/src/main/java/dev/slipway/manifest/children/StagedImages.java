package dev.slipway.manifest.children;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import java.util.Optional;

/** The images of platforms where workers left them, and the place for the index over them. */
public interface StagedImages {

    /** Where this is, for messages. */
    String location();

    /** Empty only where it is certain that the manifest is not there. */
    Optional<Manifest> manifest(Digest digest);

    /** Empty only where it is certain that the blob is not there. */
    Optional<byte[]> config(Descriptor config);

    boolean hasLayer(Digest layer);

    /** Writes an index, or finds it written, and lets a tag name it. */
    Descriptor putIndex(Manifest index, String tag);
}
