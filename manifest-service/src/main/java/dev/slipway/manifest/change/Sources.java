package dev.slipway.manifest.change;

import dev.slipway.manifest.AssemblyOutcome.Unchangeable;
import dev.slipway.manifest.Signatures.Attached;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.copy.CopyManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The repositories that images of a changed index come from, and the way from there to staging. */
final class Sources {
    /** How cosign's older form names what it attaches: {@code sha256-….sig}. */
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");

    private final Reference index;
    private final List<RepositoryName> names;
    private final Function<RepositoryName, ContentStore> repositories;
    private final ContentStore staging;

    Sources(
            Reference index,
            List<RepositoryName> names,
            Function<RepositoryName, ContentStore> repositories,
            ContentStore staging) {
        this.index = index;
        this.names = names;
        this.repositories = repositories;
        this.staging = staging;
    }

    /** Sees to it that staging has an entry of the index with all that it names. What is there was brought whole. */
    Descriptor bring(Descriptor entry) {
        if (staging.resolve(entry.digest().value()).isPresent()) {
            return entry;
        }
        for (RepositoryName name : names) {
            Optional<Manifest> manifest =
                    repositories.apply(name).manifest(entry.digest().value());
            if (manifest.isPresent()) {
                copy(name, manifest.get());
                return entry;
            }
        }
        throw new UnchangeableException(
                Unchangeable.Reason.CHILD_NOT_FOUND,
                index,
                "%s (%s) of %s is not there: none of %s has it"
                        .formatted(
                                entry.optionalPlatform().map(Object::toString).orElse("an entry"),
                                entry.digest(),
                                index,
                                names));
    }

    private void copy(RepositoryName name, Manifest manifest) {
        try {
            new CopyManifest(repositories.apply(name), name, staging).copy(manifest);
        } catch (StoreException e) {
            throw UnchangeableException.orItself(index, e);
        } catch (MalformedDocumentException e) {
            throw new UnchangeableException(Unchangeable.Reason.MALFORMED, index, e);
        }
    }

    /** What was attached to an image where it comes from, in either form, taken to staging: it goes where the image goes. */
    List<Attached> attachedTo(Digest image) {
        List<Attached> attached = new ArrayList<>();
        for (RepositoryName name : names) {
            ContentStore repository = repositories.apply(name);
            for (Descriptor referrer : repository.referrers(image, Optional.empty())) {
                repository.manifest(referrer.digest().value()).ifPresent(manifest -> {
                    copy(name, manifest);
                    attached.add(Attached.before(referrer, Optional.empty()));
                });
            }
            for (String suffix : SUFFIXES) {
                String tag = image.value().replace(':', '-') + suffix;
                repository.manifest(tag).ifPresent(manifest -> {
                    copy(name, manifest);
                    attached.add(Attached.before(manifest.descriptor(), Optional.of(tag)));
                });
            }
        }
        return attached.stream().distinct().toList();
    }
}
