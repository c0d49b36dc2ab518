package dev.slipway.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content that can be read more than once, so that an upload can be tried again. */
@FunctionalInterface
public interface BlobSource {
    InputStream open() throws IOException;

    /** Some bytes from an offset on, fewer at the end. Where the content comes from afar, only they are fetched. */
    default byte[] part(long offset, int length) throws IOException {
        try (InputStream in = open()) {
            in.skipNBytes(offset);
            return in.readNBytes(length);
        }
    }

    static BlobSource of(byte[] content) {
        return () -> new ByteArrayInputStream(content);
    }

    static BlobSource of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
