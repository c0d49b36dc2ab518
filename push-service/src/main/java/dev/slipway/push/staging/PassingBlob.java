package dev.slipway.push.staging;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to one registry, without a file in between. An upload opens its content once for each chunk: the next chunk
 * goes on where the last one ended, and only a chunk that is sent again has the source read again. The last bytes are handed
 * out when the source has verified them. For one upload at a time.
 */
final class PassingBlob implements BlobSource, AutoCloseable {
    private final Descriptor blob;
    private final BlobSource source;
    private @Nullable InputStream stream;
    private long position;
    private volatile @Nullable StoreException failure;

    PassingBlob(Descriptor blob, BlobSource source) {
        this.blob = blob;
        this.source = source;
    }

    /** What the source said when it was read last, where that failed. */
    Optional<StoreException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public InputStream open() {
        return new Reader();
    }

    @Override
    public void close() {
        InputStream there = stream;
        stream = null;
        if (there != null) {
            try {
                there.close();
            } catch (IOException e) {
                failure = null; // it was only read from, and nobody reads on
            }
        }
    }

    private int readAt(long wanted, byte[] into, int offset, int length) throws IOException {
        try {
            InputStream in = at(wanted);
            int read = in.read(into, offset, length);
            position += Math.max(read, 0);
            if (position == blob.size() && read > 0 && in.read() >= 0) {
                throw new IOException("the source has more than the %d bytes of %s".formatted(position, blob.digest()));
            }
            failure = null;
            return read;
        } catch (StoreException e) {
            close();
            failure = e;
            throw e;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private InputStream at(long wanted) throws IOException {
        InputStream there = stream;
        if (there != null && position == wanted) {
            return there;
        }
        close();
        InputStream opened = source.open();
        stream = opened;
        opened.skipNBytes(wanted);
        position = wanted;
        return opened;
    }

    private final class Reader extends InputStream {
        private long next;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next >= blob.size()) {
                return -1;
            }
            int read = readAt(next, into, offset, length);
            next += Math.max(read, 0);
            return read;
        }

        /** Where reading goes on is looked up at the next read. */
        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, blob.size() - next);
            next += skipped;
            return skipped;
        }
    }
}
