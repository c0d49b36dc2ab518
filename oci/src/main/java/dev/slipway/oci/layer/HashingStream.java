package dev.slipway.oci.layer;

import dev.slipway.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Digest and size of what goes through. */
final class HashingStream extends FilterOutputStream {
    private final MessageDigest sha256 = Digest.newSha256();
    private long size;

    HashingStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        sha256.update(from, offset, length);
        size += length;
        out.write(from, offset, length);
    }

    long size() {
        return size;
    }

    /** Once, at the end. */
    Digest digest() {
        return Digest.ofHash(sha256);
    }
}
