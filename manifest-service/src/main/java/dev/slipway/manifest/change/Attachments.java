package dev.slipway.manifest.change;

import dev.slipway.manifest.Signatures.Attached;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is attached to an image, before a change and by it. */
final class Attachments {
    private final ContentStore staging;

    Attachments(ContentStore staging) {
        this.staging = staging;
    }

    /**
     * Both, without a second signature by the same key: the same may be there under another time. Tags need no such look: what
     * they name is merged where they are written.
     */
    List<Attached> union(List<Attached> before, List<Attached> added) {
        Set<List<Descriptor>> there = new HashSet<>();
        before.stream().filter(one -> one.tag().isEmpty()).forEach(one -> there.add(layers(one)));
        List<Attached> union = new ArrayList<>(before);
        Stream.of(added)
                .flatMap(List::stream)
                .filter(one -> one.tag().isPresent() || !there.contains(layers(one)))
                .forEach(union::add);
        return List.copyOf(union);
    }

    private List<Descriptor> layers(Attached attached) {
        return staging.manifest(attached.manifest().digest().value())
                .map(manifest -> ImageManifest.of(manifest).layers())
                .orElseThrow(() -> new IllegalStateException("%s was brought to %s and is gone"
                        .formatted(attached.manifest().digest(), staging.location())));
    }
}
