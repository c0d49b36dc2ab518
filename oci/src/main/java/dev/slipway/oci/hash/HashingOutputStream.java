package dev.slipway.oci.hash;

import dev.slipway.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Digest and size of what is written through it. */
public final class HashingOutputStream extends FilterOutputStream {
    private final MessageDigest sha256 = Digest.newSha256();
    private long size;

    public HashingOutputStream(OutputStream out) {
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

    /** In bytes, so far. */
    public long size() {
        return size;
    }

    /** Of all that was written; to be asked once, at the end. */
    public Digest digest() {
        return Digest.ofHash(sha256);
    }
}
