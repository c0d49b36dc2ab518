package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;

/**
 * The image of one platform that an index is asked to list.
 *
 * @param platform that it was built for
 */
public record Child(Platform platform, Descriptor manifest) {

    /** For messages: {@code linux/arm64 (sha256:…)}. */
    String name() {
        return "%s (%s)".formatted(platform.name(), manifest.digest());
    }
}
