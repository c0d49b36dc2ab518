package dev.slipway.push.registry;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.oci.tags.ReferrersTag;
import dev.slipway.oci.tags.SharedTag;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.Traffic;
import dev.slipway.push.work.Pauses;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.cosign.TaggedArtifact;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One repository of a registry. */
final class OciTarget implements TargetRegistry {
    private final RegistryRepository repository;
    private final TrafficCount count;
    private final HostLimits limits;
    private final SubjectLocks locks;
    private final ReferrersTag referrers;
    private final Function<String, SharedTag> attachments;
    private final boolean collectsUntagged;

    OciTarget(
            RegistryRepository repository,
            TrafficCount count,
            HostLimits limits,
            SubjectLocks locks,
            Pauses pauses,
            boolean collectsUntagged) {
        this.repository = repository;
        this.count = count;
        this.limits = limits;
        this.locks = locks;
        this.collectsUntagged = collectsUntagged;
        this.referrers = new ReferrersTag(repository, pauses::pause);
        this.attachments = tag -> new SharedTag(repository, tag, pauses::pause);
    }

    @Override
    public RepositoryName repository() {
        return repository.name();
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return request(() -> repository.resolve(tagOrDigest));
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        return request(() -> repository.manifest(digest.value()));
    }

    @Override
    public Optional<byte[]> blob(Descriptor blob) {
        try {
            return Optional.of(request(() -> repository.blob(blob)));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return request(() -> repository.hasBlob(digest));
    }

    @Override
    public boolean mountBlob(Descriptor blob, RepositoryName from) {
        boolean mounted = request(() -> repository.mountBlob(blob.digest(), from));
        if (mounted) {
            count.mounted(blob.size());
        }
        return mounted;
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource content) {
        limits.upload(repository.name().registry(), () -> {
            repository.sendBlob(blob, content);
            return blob;
        });
    }

    @Override
    public void putManifest(Manifest manifest) {
        boolean listed = request(
                        () -> repository.write(manifest, manifest.digest().value()))
                .subjectListed();
        if (!listed && MediaTypes.isImageManifest(manifest.mediaType())) {
            ImageManifest image = ImageManifest.of(manifest);
            image.subject().ifPresent(subject -> addReferrer(subject.digest(), image));
        }
    }

    private void addReferrer(Digest subject, ImageManifest image) {
        Descriptor plain = image.descriptor();
        Descriptor referrer = new Descriptor(
                plain.mediaType(), plain.digest(), plain.size(), null, image.artifactType(), image.annotations());
        locks.with(
                repository.name(),
                subject.value(),
                () -> request(() -> {
                    referrers.add(subject, referrer);
                    return referrer;
                }));
    }

    @Override
    public boolean isAttached(Manifest attachment, String tag) {
        return request(() -> extended(repository.manifest(tag), attachment, tag))
                .isEmpty();
    }

    @Override
    public void attach(Manifest attachment, String tag) {
        locks.with(
                repository.name(),
                tag,
                () -> request(() -> {
                    attachments.apply(tag).extend(there -> {
                        Optional<Artifact> next = extended(there, attachment, tag);
                        next.ifPresent(artifact -> artifact.blobs()
                                .forEach(blob -> repository.putBlob(blob.descriptor(), blob.content())));
                        return next.map(artifact -> artifact.manifest().manifest());
                    });
                    return attachment;
                }));
    }

    private Optional<Artifact> extended(Optional<Manifest> there, Manifest attachment, String tag) {
        ImageManifest ours = ImageManifest.of(attachment);
        try {
            return there.isEmpty()
                    ? Optional.of(new Artifact(ours, List.of()))
                    : TaggedArtifact.extend(ImageManifest.of(there.get()), ours);
        } catch (MalformedDocumentException e) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    repository.location(),
                    "%s:%s names something else: %s".formatted(repository.location(), tag, e.getMessage()),
                    e);
        }
    }

    @Override
    public void tag(Manifest manifest, String tag) {
        request(() -> repository.tag(manifest, tag));
    }

    @Override
    public boolean deleteTag(String tag) {
        return request(() -> repository.deleteTag(tag));
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return request(() -> repository.deleteManifest(digest));
    }

    @Override
    public boolean collectsUntagged() {
        return collectsUntagged;
    }

    @Override
    public Traffic traffic() {
        return count.total();
    }

    private <T> T request(Supplier<T> work) {
        return limits.request(repository.name().registry(), work);
    }
}
