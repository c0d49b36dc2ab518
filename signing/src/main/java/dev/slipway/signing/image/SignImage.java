package dev.slipway.signing.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.tags.ReferrersTag;
import dev.slipway.oci.tags.SharedTag;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.cosign.Statement;
import dev.slipway.signing.cosign.TaggedArtifact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs an image where it lies: what a reference names, every image below, and what the index itself attests. What is signed
 * already stays as it is.
 */
public final class SignImage {
    private final ContentStore store;
    private final RepositoryName repository;
    private final SignSubject signSubject;
    private final ReadStatements readStatements;
    private final Consumer<Duration> pauses;

    public SignImage(
            ContentStore store, RepositoryName repository, SignSubject signSubject, Consumer<Duration> pauses) {
        this.store = store;
        this.repository = repository;
        this.signSubject = signSubject;
        this.readStatements = new ReadStatements(store);
        this.pauses = pauses;
    }

    /** What was signed, and whether anything had to be written for it. */
    public record Signed(ImageParts.Part part, boolean written) {}

    /**
     * Signs all parts, the children first: whoever finds a signed index finds signed children.
     *
     * @throws StoreException where a part is not there, too: then nothing is signed
     */
    public List<Signed> sign(String tagOrDigest, Instant created) {
        List<ImageParts.Part> parts = ImageParts.read(store, tagOrDigest);
        parts.stream().filter(part -> !part.present()).findFirst().ifPresent(missing -> {
            throw new StoreException(
                    StoreException.Kind.NOT_FOUND,
                    store.location(),
                    "%s does not have %s (%s)"
                            .formatted(
                                    store.location(),
                                    missing.name(),
                                    missing.descriptor().digest()),
                    null);
        });
        return parts.reversed().stream()
                .map(part -> new Signed(part, sign(part, created)))
                .toList()
                .reversed();
    }

    private boolean sign(ImageParts.Part part, Instant created) {
        Descriptor subject = part.descriptor();
        List<Statement> statements = readStatements.of(part.attestations());
        boolean written = false;
        for (SignedArtifact signed : signSubject.sign(subject, List.of(repository), statements, created)) {
            written |= switch (signed) {
                case SignedArtifact.Referrer referrer -> write(subject, referrer.artifact());
                case SignedArtifact.Tagged tagged -> write(tagged);
            };
        }
        return written;
    }

    /** The same signature may be there under another time. */
    private boolean write(Descriptor subject, Artifact artifact) {
        ImageManifest manifest = artifact.manifest();
        boolean there = store.referrers(subject.digest(), Optional.of(SignatureTypes.BUNDLE)).stream()
                .flatMap(referrer -> store.manifest(referrer.digest().value()).stream())
                .anyMatch(found -> ImageManifest.of(found).layers().equals(manifest.layers()));
        if (there) {
            return false;
        }
        put(artifact);
        store.putManifest(manifest.manifest());
        boolean listed = store.referrers(subject.digest(), Optional.empty()).stream()
                .anyMatch(referrer -> referrer.digest().equals(manifest.digest()));
        if (!listed) {
            new ReferrersTag(store, pauses).add(subject.digest(), manifest.asReferrer());
        }
        return true;
    }

    private boolean write(SignedArtifact.Tagged tagged) {
        boolean[] written = {false};
        new SharedTag(store, tagged.tag(), pauses).extend(there -> {
            Optional<Artifact> next = extended(there, tagged.artifact());
            next.ifPresent(artifact -> {
                put(tagged.artifact());
                put(artifact);
                written[0] = true;
            });
            return next.map(artifact -> artifact.manifest().manifest());
        });
        return written[0];
    }

    private static Optional<Artifact> extended(Optional<Manifest> there, Artifact ours) {
        return there.isEmpty()
                ? Optional.of(ours)
                : TaggedArtifact.extend(ImageManifest.of(there.get()), ours.manifest());
    }

    private void put(Artifact artifact) {
        artifact.blobs().forEach(blob -> store.putBlob(blob.descriptor(), blob.content()));
    }
}
