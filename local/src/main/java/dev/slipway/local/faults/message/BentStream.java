package dev.slipway.local.faults.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Content with something done to its bytes as they pass. */
public final class BentStream extends FilterInputStream {
    private static final int PIECE = 16 * 1024;

    private final Bend bend;
    private long offset;
    private boolean cut;

    private BentStream(InputStream in, Bend bend) {
        super(in);
        this.bend = bend;
    }

    private interface Bend {
        /** Takes the bytes that lie from an offset of the content on; if the answer is that fewer go on, they are the last. */
        int bend(byte[] bytes, int at, int length, long offset) throws IOException;
    }

    /** One byte is another. */
    public static InputStream corruptedAt(InputStream in, long position) {
        return new BentStream(in, (bytes, at, length, offset) -> {
            if (position >= offset && position < offset + length) {
                bytes[at + (int) (position - offset)] ^= 0x20;
            }
            return length;
        });
    }

    /** It breaks off. */
    public static InputStream cutAfter(InputStream in, long limit) {
        return new BentStream(in, (bytes, at, length, offset) -> (int) Math.min(length, limit - offset));
    }

    /** Somebody is told of each piece and may take his time. */
    public static InputStream watched(InputStream in, LongConsumer watcher) {
        return new BentStream(in, (bytes, at, length, offset) -> {
            watcher.accept(length);
            return length;
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (cut) {
            throw new IOException("cut off on purpose after %d bytes".formatted(offset));
        }
        int read = super.read(into, at, Math.min(length, PIECE));
        if (read <= 0) {
            return read;
        }
        int kept = bend.bend(into, at, read, offset);
        offset += kept;
        cut = kept < read;
        if (kept == 0) {
            return read(into, at, length);
        }
        return kept;
    }
}
