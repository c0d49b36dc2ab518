package dev.slipway.manifest.change;

import dev.slipway.manifest.Gate;
import dev.slipway.manifest.Signatures;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.image.IndexChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to become of an index.
 *
 * @param index that is changed, where it lies
 * @param append images, or indexes of which all images are meant
 * @param signing where signatures are wanted
 * @param asked for the gate
 * @param tag under which the new index is found in staging
 */
public record ChangePlan(
        Reference index,
        List<Reference> append,
        IndexChange.Removal remove,
        Optional<Signatures.Order> signing,
        Gate.Asked asked,
        String tag) {
    public ChangePlan {
        append = List.copyOf(append);
        if (append.isEmpty() && remove.platforms().isEmpty() && remove.digests().isEmpty()) {
            throw new IllegalArgumentException("nothing is to be appended to '%s' or removed".formatted(index));
        }
    }

    /** Where images of the new index come from: each repository once. */
    List<RepositoryName> repositories() {
        return Stream.concat(Stream.of(index), append.stream())
                .map(Reference::repository)
                .distinct()
                .toList();
    }
}
