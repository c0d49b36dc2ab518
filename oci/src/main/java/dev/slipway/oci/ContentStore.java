package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * One repository of manifests and blobs, whether on a registry or in an image layout. Safe for use by several threads. All
 * methods block; failures to reach or to use the store are {@link StoreException}s that name it and what it answered.
 */
public interface ContentStore {
    /** Of bytes that are read at once. */
    int BUFFER = 256 * 1024;

    /** Where this is, for messages: {@code registry/path}, or a directory. */
    String location();

    /** What a tag or digest names, without fetching it. Empty only where the store says that it is not there. */
    Optional<Descriptor> resolve(String tagOrDigest);

    /** Fetches a manifest; a digest asked for is verified. Empty only where the store says that it is not there. */
    Optional<Manifest> manifest(String tagOrDigest);

    /** Writes a manifest by its digest. */
    Descriptor putManifest(Manifest manifest);

    /** Writes a manifest, or finds it written, and lets a tag name it. */
    Descriptor tag(Manifest manifest, String tag);

    boolean hasBlob(Digest digest);

    /**
     * Opens a blob. The stream verifies size and digest on the way: reading to the end throws where they differ.
     *
     * @throws StoreException also when the blob is not there
     */
    InputStream openBlob(Descriptor blob);

    /** Some bytes of a blob from an offset on, fewer at its end. They are not verified. */
    default byte[] part(Descriptor blob, long offset, int length) {
        try (InputStream in = openBlob(blob)) {
            in.skipNBytes(offset);
            return in.readNBytes(length);
        } catch (IOException e) {
            throw unreadable(blob, e);
        }
    }

    private StoreException unreadable(Descriptor blob, IOException cause) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                location(),
                "blob %s cannot be read from %s: %s".formatted(blob.digest(), location(), cause.getMessage()),
                cause);
    }

    /** A blob of a few megabytes at most, verified. */
    byte[] blob(Descriptor blob);

    /** Writes a blob unless the store has it. Returns whether bytes were sent. */
    boolean putBlob(Descriptor blob, BlobSource content);

    /** Writes a blob that is not there, as far as the caller knows; nobody is asked first. */
    default void sendBlob(Descriptor blob, BlobSource content) {
        putBlob(blob, content);
    }

    /**
     * Writes a blob whose digest nobody knows yet. Stores that can hash it on the way read it once.
     *
     * @param size of the content in bytes
     */
    default Descriptor addBlob(String mediaType, long size, BlobSource content) {
        MessageDigest sha256 = Digest.newSha256();
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    location(),
                    "what was to be written to %s cannot be read: %s".formatted(location(), e.getMessage()),
                    e);
        }
        Descriptor blob = Descriptor.of(mediaType, Digest.ofHash(sha256), size);
        sendBlob(blob, content);
        return blob;
    }

    /** Takes a blob over from a repository of the same store. False where the store did not do it; then send it. */
    boolean mountBlob(Digest digest, RepositoryName from);

    /** Referrers of a subject, by the referrers API or the fallback tag; of one artifact type, or of all. */
    List<Descriptor> referrers(Digest subject, Optional<String> artifactType);

    List<String> tags();

    /** Deletes a tag and leaves what it named. False where the store cannot. */
    boolean deleteTag(String tag);

    /** Deletes a manifest with every tag that names it. False where the store cannot. */
    boolean deleteManifest(Digest digest);
}
