package dev.slipway.push;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A staging repository in memory that counts how often each blob is read. */
public final class InMemoryStaging implements ContentStore {
    private final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<Digest, AtomicInteger> reads = new ConcurrentHashMap<>();
    private volatile boolean down;

    public void down(boolean isDown) {
        down = isDown;
    }

    public int reads(Digest blob) {
        return reads.getOrDefault(blob, new AtomicInteger()).get();
    }

    /** Makes a blob unreadable: its bytes are not what its digest says. */
    public void corrupt(Digest blob) {
        blobs.computeIfPresent(blob, (digest, bytes) -> new byte[bytes.length]);
    }

    @Override
    public String location() {
        return "staging.test/slipway/staging";
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return manifest(tagOrDigest).map(Manifest::descriptor);
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        if (down) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, location(), "cannot connect to " + location(), null);
        }
        return Digest.isDigest(tagOrDigest)
                ? Optional.ofNullable(manifests.get(new Digest(tagOrDigest)))
                : Optional.empty();
    }

    @Override
    public Descriptor putManifest(Manifest manifest) {
        manifests.put(manifest.digest(), manifest);
        return manifest.descriptor();
    }

    @Override
    public Descriptor tag(Manifest manifest, String tag) {
        throw new UnsupportedOperationException("no test wants tags in staging");
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.containsKey(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) {
        reads.computeIfAbsent(blob.digest(), digest -> new AtomicInteger()).incrementAndGet();
        byte[] bytes = blobs.get(blob.digest());
        if (bytes == null) {
            throw new StoreException(
                    StoreException.Kind.NOT_FOUND, location(), location() + " has no blob " + blob.digest(), null);
        }
        if (!Digest.of(bytes).equals(blob.digest())) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT, location(), "blob " + blob.digest() + " is corrupt", null);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] blob(Descriptor blob) {
        try (InputStream in = openBlob(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean putBlob(Descriptor blob, BlobSource content) {
        try (InputStream in = content.open()) {
            return blobs.put(blob.digest(), in.readAllBytes()) == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean mountBlob(Digest digest, RepositoryName from) {
        return false;
    }

    @Override
    public List<Descriptor> referrers(Digest subject, Optional<String> artifactType) {
        return List.of();
    }

    @Override
    public List<String> tags() {
        return List.of();
    }

    @Override
    public boolean deleteTag(String tag) {
        return false;
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return false;
    }
}
