package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A source that remembers the digest of what was last read from it, so that one pass gives the digests of two layers of it. */
final class HashedSource implements BlobSource {
    private final BlobSource content;
    private final MessageDigest sha256 = Digest.newSha256();

    HashedSource(BlobSource content) {
        this.content = content;
    }

    @Override
    public InputStream open() throws IOException {
        sha256.reset();
        return new FilterInputStream(content.open()) {
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
                }
                return read;
            }
        };
    }

    /** Once, after the end. */
    Digest digest() {
        return Digest.ofHash(sha256);
    }
}
