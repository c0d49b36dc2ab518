package dev.slipway.oci.registry;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.hash.VerifiedInputStream;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.registry.blobs.BlobDownload;
import dev.slipway.oci.registry.blobs.GetBlobPart;
import dev.slipway.oci.registry.blobs.HeadBlob;
import dev.slipway.oci.registry.blobs.StartUpload;
import dev.slipway.oci.registry.blobs.Upload;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.manifests.DeleteManifest;
import dev.slipway.oci.registry.manifests.GetManifest;
import dev.slipway.oci.registry.manifests.HeadManifest;
import dev.slipway.oci.registry.manifests.ListReferrers;
import dev.slipway.oci.registry.manifests.ListTags;
import dev.slipway.oci.registry.manifests.PutManifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repository of a registry. */
public final class RegistryRepository implements ContentStore {
    private static final long SHORT = 64 * 1024;

    private final RepositoryName name;
    private final Requests requests;
    private final RequestObserver observer;
    private final long chunkSize;

    RegistryRepository(RepositoryName name, Requests requests, RequestObserver observer, long chunkSize) {
        this.name = name;
        this.requests = requests;
        this.observer = observer;
        this.chunkSize = chunkSize;
    }

    public RepositoryName name() {
        return name;
    }

    /** The same repository; somebody else is told of its requests too. */
    public RegistryRepository observedBy(RequestObserver other) {
        return new RegistryRepository(name, requests, observer.and(other), chunkSize);
    }

    @Override
    public String location() {
        return name.toString();
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return switch (requests.send(new HeadManifest(name.path(), tagOrDigest), observer)) {
            case HeadManifest.Result.Found found -> Optional.of(found.descriptor());
            case HeadManifest.Result.Absent absent -> Optional.empty();
            case HeadManifest.Result.Vague vague -> manifest(tagOrDigest).map(Manifest::descriptor);
        };
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        return requests.send(new GetManifest(location(), name.path(), tagOrDigest), observer);
    }

    @Override
    public Descriptor putManifest(Manifest manifest) {
        return write(manifest, manifest.digest().value()).descriptor();
    }

    @Override
    public Descriptor tag(Manifest manifest, String tag) {
        return write(manifest, tag).descriptor();
    }

    /** Writes a manifest under a tag or its digest, and tells whether the registry lists it as a referrer by itself. */
    public PutManifest.Written write(Manifest manifest, String tagOrDigest) {
        return requests.send(new PutManifest(location(), name.path(), tagOrDigest, manifest), observer);
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return requests.send(new HeadBlob(name.path(), digest), observer);
    }

    @Override
    public InputStream openBlob(Descriptor blob) {
        InputStream stream = BlobDownload.open(requests, observer, name.path(), blob.digest());
        return new VerifiedInputStream(location(), blob, stream);
    }

    @Override
    public byte[] part(Descriptor blob, long offset, int length) {
        return requests.send(new GetBlobPart(name.path(), blob.digest(), offset, length), observer);
    }

    @Override
    public byte[] blob(Descriptor blob) {
        try (InputStream stream = openBlob(blob)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    location(),
                    "connection broke off (%s) while %s sent blob %s"
                            .formatted(e.getMessage(), location(), blob.digest()),
                    e);
        }
    }

    @Override
    public boolean putBlob(Descriptor blob, BlobSource content) {
        if (hasBlob(blob.digest())) {
            return false;
        }
        sendBlob(blob, content);
        return true;
    }

    @Override
    public void sendBlob(Descriptor blob, BlobSource content) {
        Upload.run(requests, observer, name.path(), blob, content, chunkSize);
    }

    /** A short one is read first: that saves a request. */
    @Override
    public Descriptor addBlob(String mediaType, long size, BlobSource content) {
        if (size <= SHORT) {
            return ContentStore.super.addBlob(mediaType, size, content);
        }
        return Upload.run(requests, observer, name.path(), mediaType, size, content);
    }

    @Override
    public boolean mountBlob(Digest digest, RepositoryName from) {
        if (!from.registry().equals(name.registry())) {
            return false;
        }
        StartUpload mount = StartUpload.mounting(name.path(), digest, from.path());
        return switch (requests.send(mount, observer)) {
            case StartUpload.Started.Mounted mounted -> {
                observer.mounted();
                yield true;
            }
            case StartUpload.Started.Open open -> {
                Upload.giveUp(requests, observer, name.path(), open.location());
                yield false;
            }
        };
    }

    @Override
    public List<Descriptor> referrers(Digest subject, Optional<String> artifactType) {
        List<Descriptor> all = new ArrayList<>();
        Optional<URI> next = Optional.empty();
        do {
            Optional<ListReferrers.Page> page = requests.send(new ListReferrers(name.path(), subject, next), observer);
            if (page.isEmpty()) {
                all.addAll(referrersByTag(subject));
                break;
            }
            all.addAll(page.get().referrers());
            next = page.get().next();
        } while (next.isPresent());
        return all.stream()
                .filter(referrer -> artifactType.isEmpty() || artifactType.get().equals(referrer.artifactType()))
                .toList();
    }

    /** distribution-spec 1.1, "Referrers Tag Schema". */
    private List<Descriptor> referrersByTag(Digest subject) {
        String tag = subject.algorithm() + "-" + subject.hex();
        Optional<Manifest> fallback =
                manifest(tag).filter(manifest -> !manifest.digest().equals(subject));
        try {
            return fallback.map(manifest -> ImageIndex.of(manifest).manifests()).orElse(List.of());
        } catch (MalformedDocumentException e) {
            throw new StoreException(
                    Kind.CORRUPT,
                    location(),
                    "tag %s of %s lists no referrers: %s".formatted(tag, location(), e.getMessage()),
                    e);
        }
    }

    @Override
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        Optional<URI> next = Optional.empty();
        do {
            ListTags.Page page = requests.send(new ListTags(name.path(), next), observer);
            tags.addAll(page.tags());
            next = page.next();
        } while (next.isPresent());
        return List.copyOf(tags);
    }

    @Override
    public boolean deleteTag(String tag) {
        return requests.send(new DeleteManifest(name.path(), tag), observer);
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return requests.send(new DeleteManifest(name.path(), digest.value()), observer);
    }

    @Override
    public String toString() {
        return location();
    }
}
