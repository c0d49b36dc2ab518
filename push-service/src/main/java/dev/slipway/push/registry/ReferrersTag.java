package dev.slipway.push.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.push.work.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of referrers that clients maintain where a registry does not (distribution-spec 1.1, "Pushing Manifests with
 * Subject" and "Referrers Tag Schema"). Others write it too, and there is no compare-and-swap: it is read, extended, written
 * and read again until the entry is there.
 */
final class ReferrersTag {
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RegistryRepository repository;
    private final Pauses pauses;

    ReferrersTag(RegistryRepository repository, Pauses pauses) {
        this.repository = repository;
        this.pauses = pauses;
    }

    void add(Digest subject, Descriptor referrer) {
        String tag = subject.algorithm() + "-" + subject.hex();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            ImageIndex index = read(subject, tag);
            if (attempt > 1 && !contains(index, referrer)) {
                pauses.pause(PAUSE);
                index = read(subject, tag); // what is written must extend what is there now
            }
            if (contains(index, referrer)) {
                return;
            }
            List<Descriptor> all = new ArrayList<>(index.manifests());
            all.add(referrer);
            repository.tag(index.withManifests(all).manifest(), tag);
        }
        if (!contains(read(subject, tag), referrer)) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    repository.location(),
                    "referrer %s did not stay in %s:%s, which others write too"
                            .formatted(referrer.digest(), repository.location(), tag),
                    null);
        }
    }

    private ImageIndex read(Digest subject, String tag) {
        Optional<Manifest> there = repository.manifest(tag);
        there.ifPresent(manifest -> refuseSubject(subject, tag, manifest));
        try {
            return there.map(ImageIndex::of).orElseGet(() -> ImageIndex.of(List.of()));
        } catch (MalformedDocumentException e) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    repository.location(),
                    "%s:%s is no list of referrers: %s".formatted(repository.location(), tag, e.getMessage()),
                    e);
        }
    }

    private static boolean contains(ImageIndex index, Descriptor referrer) {
        return index.manifests().stream().anyMatch(entry -> entry.digest().equals(referrer.digest()));
    }

    /** Some registries resolve the tag to the subject itself: writing there would replace the image. */
    private void refuseSubject(Digest subject, String tag, Manifest manifest) {
        if (manifest.digest().equals(subject)) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    repository.location(),
                    "%s:%s is %s itself, so its referrers cannot be listed there"
                            .formatted(repository.location(), tag, subject),
                    null);
        }
    }
}
