package dev.slipway.cli.index;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.copy.TakeImages;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.IndexChange;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Extends or reduces an index in its registry. All that the new one lists is there before a tag names it. */
public final class ChangeIndex {
    private final RegistryClient registries;
    private final Reference reference;
    private final RegistryRepository repository;

    public ChangeIndex(RegistryClient registries, Reference reference) {
        this.registries = registries;
        this.reference = reference;
        this.repository = registries.repository(reference.repository());
    }

    /** The new index, under tags of the same repository. */
    public ImageIndex append(List<Reference> images, List<String> tags) {
        return change(tags, index -> {
            List<Descriptor> taken = new ArrayList<>();
            List<Descriptor> attestations = new ArrayList<>();
            for (Reference image : images) {
                TakeImages.Taken one = new TakeImages(
                                registries.repository(image.repository()), image.repository(), repository)
                        .take(image.identifier());
                taken.addAll(one.images());
                attestations.addAll(one.attestations());
            }
            return IndexChange.append(index, taken, attestations);
        });
    }

    /** The new index, under tags of the same repository. */
    public ImageIndex remove(List<Platform> platforms, List<String> tags) {
        return change(tags, index -> IndexChange.remove(index, platforms));
    }

    private ImageIndex change(List<String> tags, UnaryOperator<ImageIndex> change) {
        Manifest manifest = repository
                .manifest(reference.identifier())
                .orElseThrow(() -> CommandFailure.usage(
                        "%s says that it does not have '%s'".formatted(repository.location(), reference.identifier())));
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            throw CommandFailure.usage("%s is no index but a %s".formatted(reference, manifest.mediaType()));
        }
        try {
            ImageIndex changed = change.apply(ImageIndex.of(manifest));
            tags.forEach(tag -> repository.tag(changed.manifest(), tag));
            return changed;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("%s: %s".formatted(reference, e.getMessage()));
        }
    }
}
