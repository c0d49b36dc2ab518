package dev.slipway.oci.hash;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A blob on its way in: its end is reached only when size and digest are right, else a {@code CORRUPT} comes instead. */
public final class VerifiedInputStream extends FilterInputStream {
    private static final int SKIPPED_AT_ONCE = 64 * 1024;

    private final String location;
    private final Descriptor blob;
    private final MessageDigest sha256 = Digest.newSha256();
    private long count;
    private boolean ended;

    /**
     * Wraps a blob's stream.
     *
     * @param location where the blob comes from, for messages
     */
    public VerifiedInputStream(String location, Descriptor blob, InputStream stream) {
        super(stream);
        this.location = location;
        this.blob = blob;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            sha256.update(into, offset, read);
            count += read;
            if (count > blob.size()) {
                throw corrupt("is longer than %d bytes".formatted(blob.size()));
            }
        } else if (read < 0 && !ended) {
            ended = true;
            verify();
        }
        return read;
    }

    /** Reads what it skips: nothing goes past the hash. */
    @Override
    public long skip(long n) throws IOException {
        return n <= 0 ? 0 : readNBytes((int) Math.min(n, SKIPPED_AT_ONCE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        if (count != blob.size()) {
            throw corrupt("has %d bytes and not %d".formatted(count, blob.size()));
        }
        Digest digest = Digest.ofHash(sha256);
        if (!digest.equals(blob.digest())) {
            throw corrupt("has the digest " + digest);
        }
    }

    private StoreException corrupt(String fault) {
        return new StoreException(
                Kind.CORRUPT, location, "blob %s of %s %s".formatted(blob.digest(), location, fault), null);
    }
}
