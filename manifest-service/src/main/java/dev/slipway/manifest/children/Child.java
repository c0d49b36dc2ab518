package dev.slipway.manifest.children;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import java.util.List;

/**
 * The image of one platform that an index is asked to list.
 *
 * @param platform that it was built for
 * @param artifacts that refer to it: SBOM, provenance
 */
public record Child(Platform platform, Descriptor manifest, List<Descriptor> artifacts) {
    public Child {
        artifacts = List.copyOf(artifacts);
    }

    /** For messages: {@code linux/arm64 (sha256:…)}. */
    String name() {
        return "%s (%s)".formatted(platform.name(), manifest.digest());
    }
}
