package dev.slipway.context.pack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads a file, and at its end makes sure that it is the file that was looked at before. */
final class UnchangedStream extends FilterInputStream {
    private final Node expected;
    private final Path file;
    private long bytes;

    UnchangedStream(InputStream in, Node expected, Path file) {
        super(in);
        this.expected = expected;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
            bytes += n;
        }
        if (bytes > expected.size() || (n < 0 && !unchanged())) {
            throw BlobMaker.changed(expected.path());
        }
        return n;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("every byte must be seen");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private boolean unchanged() {
        return bytes == expected.size() && Node.of(expected.path(), file).sameStateAs(expected);
    }
}
