package dev.slipway.sbom.image;

import dev.slipway.sbom.catalogue.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * What is in an image, as a container of it would see it.
 *
 * @param found in the order of their paths
 * @param gaps where there may be more
 */
public record ImageCatalogue(Optional<Distribution> distribution, List<Found> found, List<Gap> gaps) {
    public ImageCatalogue {
        found = List.copyOf(found);
        gaps = List.copyOf(gaps);
    }
}
