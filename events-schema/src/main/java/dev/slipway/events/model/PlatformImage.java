package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The image of one platform in the staging repository.
 *
 * @param platform normalised name, variant included
 * @param osVersion of Windows images
 * @param manifest of the image; referrers: signature, SBOM, provenance, also when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlatformImage(
        String platform, @Nullable String osVersion, Descriptor manifest, List<Descriptor> referrers) {
    public PlatformImage {
        Objects.requireNonNull(platform, "platform of an image is missing");
        Objects.requireNonNull(manifest, "manifest of the image for %s is missing".formatted(platform));
        referrers = List.copyOf(referrers);
    }
}
