package dev.slipway.oci.contract;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.hash.VerifiedInputStream;
import dev.slipway.oci.image.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A repository in memory that writes down what goes through it. */
public final class MemoryStore implements ContentStore {
    private final MemoryRegistry registry;
    private final RepositoryName name;
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

    /** Blobs that were sent here, each as often as it was. */
    public final List<Digest> sent = new CopyOnWriteArrayList<>();

    public final List<Digest> mounted = new CopyOnWriteArrayList<>();
    /** Blobs that were opened as streams. */
    public final List<Digest> opened = new CopyOnWriteArrayList<>();

    /** Blobs that were asked for, in whichever way. */
    public final List<Digest> read = new CopyOnWriteArrayList<>();

    MemoryStore(MemoryRegistry registry, RepositoryName name) {
        this.registry = registry;
        this.name = name;
    }

    /** One alone on its registry. */
    public static MemoryStore alone() {
        return new MemoryRegistry().open(new RepositoryName("registry.test", "alone"));
    }

    public byte[] bytes(Digest digest) {
        byte[] content = blobs.get(digest);
        if (content == null) {
            throw new StoreException(
                    StoreException.Kind.NOT_FOUND, location(), location() + " has no blob " + digest, null);
        }
        return content.clone();
    }

    public void forgetBlob(Digest digest) {
        blobs.remove(digest);
    }

    @Override
    public String location() {
        return name.toString();
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return manifest(tagOrDigest).map(Manifest::descriptor);
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        return Optional.ofNullable(manifests.get(tagOrDigest));
    }

    @Override
    public Descriptor putManifest(Manifest manifest) {
        manifests.put(manifest.digest().value(), manifest);
        return manifest.descriptor();
    }

    @Override
    public Descriptor tag(Manifest manifest, String tag) {
        manifests.put(tag, manifest);
        return putManifest(manifest);
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.containsKey(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) {
        opened.add(blob.digest());
        read.add(blob.digest());
        return new VerifiedInputStream(location(), blob, new ByteArrayInputStream(bytes(blob.digest())));
    }

    @Override
    public byte[] blob(Descriptor blob) {
        read.add(blob.digest());
        return bytes(blob.digest());
    }

    @Override
    public boolean putBlob(Descriptor blob, BlobSource content) {
        if (hasBlob(blob.digest())) {
            return false;
        }
        try (InputStream in = content.open()) {
            sent.add(blob.digest());
            blobs.put(blob.digest(), in.readAllBytes());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean mountBlob(Digest digest, RepositoryName from) {
        if (!from.registry().equals(name.registry()) || !registry.open(from).hasBlob(digest)) {
            return false;
        }
        mounted.add(digest);
        blobs.put(digest, registry.open(from).bytes(digest));
        return true;
    }

    @Override
    public List<Descriptor> referrers(Digest subject, Optional<String> artifactType) {
        return manifests.values().stream()
                .filter(manifest -> MediaTypes.isImageManifest(manifest.mediaType()))
                .map(ImageManifest::of)
                .filter(image -> image.subject()
                        .filter(of -> of.digest().equals(subject))
                        .isPresent())
                .map(ImageManifest::asReferrer)
                .distinct()
                .toList();
    }

    @Override
    public List<String> tags() {
        return manifests.keySet().stream()
                .filter(key -> !Digest.isDigest(key))
                .sorted()
                .toList();
    }

    @Override
    public boolean deleteTag(String tag) {
        return manifests.remove(tag) != null;
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return manifests.values().removeIf(manifest -> manifest.digest().equals(digest));
    }
}
