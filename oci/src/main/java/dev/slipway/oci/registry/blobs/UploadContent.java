package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.hash.HashedSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What is uploaded. Its digest may become known only when all of it has been sent. */
final class UploadContent {
    private final long size;
    private final BlobSource source;
    private final Optional<HashedSource> unknown;
    private final Supplier<Digest> digest;

    private UploadContent(long size, BlobSource source, Optional<HashedSource> unknown, Supplier<Digest> digest) {
        this.size = size;
        this.source = source;
        this.unknown = unknown;
        this.digest = digest;
    }

    static UploadContent of(Descriptor blob, BlobSource content) {
        return new UploadContent(blob.size(), content, Optional.empty(), blob::digest);
    }

    static UploadContent unknown(long size, BlobSource content) {
        HashedSource hashed = new HashedSource(content);
        return new UploadContent(size, hashed, Optional.of(hashed), hashed::digest);
    }

    /** In bytes. */
    long size() {
        return size;
    }

    BlobSource source() {
        return source;
    }

    boolean isKnown() {
        return unknown.isEmpty();
    }

    /** How many bytes a registry can have. */
    long available() {
        return unknown.map(HashedSource::length).orElse(size);
    }

    /** Where it was not known before: once everything was read. */
    Digest digest() {
        return digest.get();
    }

    @Override
    public String toString() {
        return isKnown() ? "blob " + digest() : "a blob of %d bytes".formatted(size);
    }
}
