package dev.slipway.oci.tags;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.MalformedDocumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The list of referrers that clients maintain where a registry does not (distribution-spec 1.1, "Pushing Manifests with
 * Subject" and "Referrers Tag Schema").
 */
public final class ReferrersTag {
    private final ContentStore store;
    private final Consumer<Duration> pauses;

    public ReferrersTag(ContentStore store, Consumer<Duration> pauses) {
        this.store = store;
        this.pauses = pauses;
    }

    /** Lists a referrer, as {@code asReferrer} describes it, unless it is listed. */
    public void add(Digest subject, Descriptor referrer) {
        String tag = subject.algorithm() + "-" + subject.hex();
        new SharedTag(store, tag, pauses).extend(there -> {
            ImageIndex index = read(subject, tag, there);
            if (index.manifests().stream().anyMatch(entry -> entry.digest().equals(referrer.digest()))) {
                return Optional.empty();
            }
            List<Descriptor> all = new ArrayList<>(index.manifests());
            all.add(referrer);
            return Optional.of(index.withManifests(all).manifest());
        });
    }

    private ImageIndex read(Digest subject, String tag, Optional<Manifest> there) {
        there.ifPresent(manifest -> refuseSubject(subject, tag, manifest));
        try {
            return there.map(ImageIndex::of).orElseGet(() -> ImageIndex.of(List.of()));
        } catch (MalformedDocumentException e) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    store.location(),
                    "%s:%s is no list of referrers: %s".formatted(store.location(), tag, e.getMessage()),
                    e);
        }
    }

    /** Some registries resolve the tag to the subject itself: writing there would replace the image. */
    private void refuseSubject(Digest subject, String tag, Manifest manifest) {
        if (manifest.digest().equals(subject)) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    store.location(),
                    "%s:%s is %s itself, so its referrers cannot be listed there"
                            .formatted(store.location(), tag, subject),
                    null);
        }
    }
}
