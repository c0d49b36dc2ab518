package dev.slipway.oci.hash;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A source that is hashed while it is read. It may be opened again, and read from its beginning, as often as one likes: each
 * of its bytes is hashed once. Safe for use by several threads.
 */
public final class HashedSource implements BlobSource {
    private final BlobSource content;
    private final MessageDigest sha256 = Digest.newSha256();
    private long hashed;
    private @Nullable Digest digest;

    public HashedSource(BlobSource content) {
        this.content = content;
    }

    @Override
    public InputStream open() throws IOException {
        return new Stream(content.open());
    }

    /** How many bytes from the beginning on have been read so far. */
    public synchronized long length() {
        return hashed;
    }

    /** Of what has been read when this is asked first; nothing more is taken in then. */
    public synchronized Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = Digest.ofHash(sha256);
            digest = known;
        }
        return known;
    }

    private synchronized void update(long position, byte[] bytes, int offset, int length) {
        long known = hashed - position;
        if (known < length && digest == null) {
            sha256.update(bytes, offset + (int) known, length - (int) known);
            hashed = position + length;
        }
    }

    /** Skips by reading, as {@link InputStream} does. */
    private final class Stream extends InputStream {
        private final InputStream in;
        private long position;

        private Stream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (read > 0) {
                update(position, into, offset, read);
                position += read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
