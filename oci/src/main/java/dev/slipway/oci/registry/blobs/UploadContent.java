package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.hash.HashedSource;
import org.jspecify.annotations.Nullable;

/** What is uploaded. Its digest may become known only when all of it has been sent. */
final class UploadContent {
    private final long size;
    private final BlobSource source;
    private @Nullable Digest digest;

    private UploadContent(long size, BlobSource source, @Nullable Digest digest) {
        this.size = size;
        this.source = source;
        this.digest = digest;
    }

    static UploadContent of(Descriptor blob, BlobSource content) {
        return new UploadContent(blob.size(), content, blob.digest());
    }

    static UploadContent unknown(long size, BlobSource content) {
        return new UploadContent(size, new HashedSource(content), null);
    }

    /** In bytes. */
    long size() {
        return size;
    }

    BlobSource source() {
        return source;
    }

    boolean isKnown() {
        return digest != null;
    }

    /** Where it was not known before: once everything was read. */
    Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = ((HashedSource) source).digest();
            digest = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return digest == null ? "a blob of %d bytes".formatted(size) : "blob " + digest;
    }
}
