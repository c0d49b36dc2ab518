package dev.slipway.sbom.rpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Ranges of a file, none of which may be larger than what any package needs. */
final class Pages {
    static final int LARGEST = 32 * 1024 * 1024;

    private Pages() {}

    /** Exactly so many bytes, in the order of a big-endian machine. */
    static ByteBuffer read(FileChannel file, long position, long length) throws IOException {
        if (position < 0 || length < 0 || length > LARGEST || position + length > file.size()) {
            throw new IOException(
                    "%d bytes at %d are not in the database, which has %d".formatted(length, position, file.size()));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the database ends at %d".formatted(position + bytes.position()));
            }
        }
        return bytes.flip();
    }
}
