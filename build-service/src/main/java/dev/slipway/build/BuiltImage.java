package dev.slipway.build;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * The image of one platform. Its config and layers are in staging; its manifest is not written yet.
 *
 * @param referrers descriptors of artifacts about it that the builder made, already in staging
 * @param layersBuilt how many layers were written by this build
 * @param layersReused how many were found: built before, or by another platform
 * @param contextTotalBytes of the source before {@code .dockerignore}
 * @param contextPackedBytes after it
 */
public record BuiltImage(
        Manifest manifest,
        Platform platform,
        List<Descriptor> referrers,
        int layersBuilt,
        int layersReused,
        long contextTotalBytes,
        long contextPackedBytes) {

    public BuiltImage {
        referrers = List.copyOf(referrers);
    }

    /** The same with further artifacts about it. */
    public BuiltImage withReferrers(List<Descriptor> more) {
        List<Descriptor> all = new ArrayList<>(referrers);
        all.addAll(more);
        return new BuiltImage(
                manifest, platform, all, layersBuilt, layersReused, contextTotalBytes, contextPackedBytes);
    }

    /** The manifest's descriptor, with its platform. */
    public Descriptor descriptor() {
        return manifest.descriptor().withPlatform(platform);
    }
}
