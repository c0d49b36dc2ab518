package dev.slipway.gateway;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Puts a part of a build context into staging and verifies it on the way. What is large passes through and is never held
 * as a whole; nothing is stored under a digest that it does not have.
 */
public final class StoreContext {
    /** Up to here a blob is held, so that its upload can be tried again; a manifest must not be larger. */
    public static final int HELD_BYTES = 4 * 1024 * 1024;

    private static final String BLOB = "application/octet-stream";

    private final ContentStore staging;

    public StoreContext(ContentStore staging) {
        this.staging = staging;
    }

    /**
     * What a caller sends.
     *
     * @param digest that the caller says it has
     * @param size in bytes
     * @param manifestType media type where it is a manifest, which is stored as one
     */
    public record Part(Digest digest, long size, Optional<String> manifestType, InputStream content) {}

    /** How it ended. */
    public sealed interface Answer {
        record Written() implements Answer {}

        /** It was there; nothing was sent on. */
        record Present() implements Answer {}

        /** The content is not what the caller said. Nothing is stored. */
        record Mismatch(String message) implements Answer {}
    }

    /**
     * Stores a part.
     *
     * @throws StoreException where staging does not take it
     * @throws UncheckedIOException where the caller does not send all of it
     */
    public Answer store(Part part) {
        if (part.manifestType().isPresent()) {
            return storeManifest(part, part.manifestType().get());
        }
        return part.size() <= HELD_BYTES ? storeHeld(part) : storePassing(part);
    }

    private Answer storeManifest(Part part, String mediaType) {
        if (part.size() > HELD_BYTES) {
            return new Answer.Mismatch(
                    "manifest %s has %d bytes; at most %d are taken".formatted(part.digest(), part.size(), HELD_BYTES));
        }
        byte[] bytes = readAll(part);
        Manifest manifest = Manifest.of(mediaType, bytes);
        if (!manifest.digest().equals(part.digest())) {
            return mismatch(part, manifest.digest());
        }
        if (staging.resolve(part.digest().value()).isPresent()) {
            return new Answer.Present();
        }
        staging.putManifest(manifest);
        return new Answer.Written();
    }

    private Answer storeHeld(Part part) {
        byte[] bytes = readAll(part);
        Digest actual = Digest.of(bytes);
        if (!actual.equals(part.digest())) {
            return mismatch(part, actual);
        }
        return put(part, BlobSource.of(bytes));
    }

    private Answer storePassing(Part part) {
        PassingContent content = new PassingContent(part);
        try {
            return put(part, content);
        } catch (StoreException e) {
            if (content.failure().isPresent()) {
                throw new UncheckedIOException(content.failure().get());
            }
            if (content.actual().isPresent() && !content.actual().get().equals(part.digest())) {
                return mismatch(part, content.actual().get());
            }
            throw e;
        }
    }

    private Answer put(Part part, BlobSource content) {
        boolean sent = staging.putBlob(Descriptor.of(BLOB, part.digest(), part.size()), content);
        return sent ? new Answer.Written() : new Answer.Present();
    }

    private static byte[] readAll(Part part) {
        try {
            byte[] bytes = part.content().readNBytes(Math.toIntExact(part.size()));
            if (bytes.length < part.size()) {
                throw new IOException("the content of %s ended after %d of %d bytes"
                        .formatted(part.digest(), bytes.length, part.size()));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer mismatch(Part part, Digest actual) {
        return new Answer.Mismatch("the content has the digest %s and not %s".formatted(actual, part.digest()));
    }
}
