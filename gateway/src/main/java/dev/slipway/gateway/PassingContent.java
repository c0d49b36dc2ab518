package dev.slipway.gateway;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content that passes once from a caller to the store. Its last bytes are handed out only when the digest is right. */
final class PassingContent implements BlobSource {
    private final StoreContext.Part part;
    private final MessageDigest sha256 = Digest.newSha256();
    private boolean opened;
    private volatile @Nullable Digest actual;
    private volatile @Nullable IOException failure;

    PassingContent(StoreContext.Part part) {
        this.part = part;
    }

    /** What the content turned out to be, once it was read to its end. */
    Optional<Digest> actual() {
        return Optional.ofNullable(actual);
    }

    /** Why the caller's content could not be read. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized InputStream open() throws IOException {
        if (opened) {
            throw new IOException("the content of %s came once and cannot be sent again".formatted(part.digest()));
        }
        opened = true;
        return new Verifying(part.content());
    }

    private final class Verifying extends FilterInputStream {
        private long remaining = part.size();

        Verifying(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (remaining == 0) {
                return -1;
            }
            int read = readFromCaller(into, offset, (int) Math.min(length, remaining));
            sha256.update(into, offset, read);
            remaining -= read;
            if (remaining == 0) {
                verify();
            }
            return read;
        }

        private int readFromCaller(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                if (read < 0) {
                    throw new IOException(
                            "the content of %s ended %d bytes too early".formatted(part.digest(), remaining));
                }
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private void verify() throws IOException {
            Digest found = Digest.ofHash(sha256);
            actual = found;
            if (!found.equals(part.digest())) {
                throw new IOException("the content has the digest %s and not %s".formatted(found, part.digest()));
            }
        }

        @Override
        public long skip(long n) throws IOException {
            return n <= 0 ? 0 : readNBytes((int) Math.min(n, 64 * 1024)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // the caller's stream is the server's to close
        }
    }
}
