package dev.slipway.oci.layout;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.hash.HashingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files below {@code blobs/}. One appears under its name only when it is complete and verified. */
final class LayoutBlobs {
    private final Path directory;
    private final Path blobs;
    private final Path unfinished;

    LayoutBlobs(Path directory) {
        this.directory = directory;
        this.blobs = directory.resolve("blobs");
        this.unfinished = directory.resolve(".unfinished");
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(file(digest));
    }

    InputStream open(Digest digest) throws IOException {
        try {
            return Files.newInputStream(file(digest));
        } catch (NoSuchFileException e) {
            throw new StoreException(
                    Kind.NOT_FOUND, location(), "blob %s is not in %s".formatted(digest, location()), e);
        }
    }

    byte[] read(Digest digest) throws IOException {
        return Files.readAllBytes(file(digest));
    }

    void write(Descriptor blob, BlobSource content) throws IOException {
        Files.createDirectories(unfinished);
        Path file = Files.createTempFile(unfinished, blob.digest().hex(), "");
        try {
            copy(blob, content, file);
            Path target = file(blob.digest());
            Files.createDirectories(target.getParent());
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    boolean delete(Digest digest) throws IOException {
        return Files.deleteIfExists(file(digest));
    }

    private void copy(Descriptor blob, BlobSource content, Path file) throws IOException {
        try (InputStream in = content.open();
                OutputStream out = Files.newOutputStream(file);
                HashingOutputStream hashing = new HashingOutputStream(out)) {
            in.transferTo(hashing);
            Digest digest = hashing.digest();
            if (hashing.size() != blob.size() || !digest.equals(blob.digest())) {
                throw new StoreException(
                        Kind.CORRUPT,
                        location(),
                        "what was to be written to %s as %s of %d bytes is %s of %d bytes"
                                .formatted(location(), blob.digest(), blob.size(), digest, hashing.size()),
                        null);
            }
        }
    }

    private Path file(Digest digest) {
        return blobs.resolve(digest.algorithm()).resolve(digest.hex());
    }

    private String location() {
        return directory.toString();
    }
}
