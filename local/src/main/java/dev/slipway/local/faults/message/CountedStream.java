package dev.slipway.local.faults.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what was read. */
public final class CountedStream extends FilterInputStream {
    private volatile long count;

    public CountedStream(InputStream in) {
        super(in);
    }

    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
    public int read(byte[] into, int at, int length) throws IOException {
        int read = super.read(into, at, length);
        count += Math.max(0, read);
        return read;
    }
}
