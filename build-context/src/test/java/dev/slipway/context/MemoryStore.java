package dev.slipway.context;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory that writes down what was read. */
final class MemoryStore implements ContentStore {
    final Map<String, Manifest> manifests = new HashMap<>();
    final Map<Digest, byte[]> blobs = new HashMap<>();
    final List<Digest> read = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String location() {
        return "memory";
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
        return new ByteArrayInputStream(blob(blob));
    }

    @Override
    public byte[] blob(Descriptor blob) {
        read.add(blob.digest());
        byte[] content = blobs.get(blob.digest());
        if (content == null) {
            throw new StoreException(StoreException.Kind.NOT_FOUND, location(), "no blob " + blob.digest(), null);
        }
        return content;
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
        return manifests.remove(tag) != null;
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return manifests.remove(digest.value()) != null;
    }
}
