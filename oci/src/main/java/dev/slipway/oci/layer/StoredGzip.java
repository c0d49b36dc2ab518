package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * gzip (RFC 1952) that compresses nothing: stored blocks of deflate (RFC 1951, 3.2.4) around the content, 5 bytes for each
 * 65,535. Tools that take a layer for gzip whatever its media type says can read it, and no zlib has a say in its bytes.
 */
record StoredGzip(BlobSource content) implements BlobSource {
    private static final int BLOCK = 65_535;
    private static final int BLOCK_HEADER = 5;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int CHECKS = 8;
    private static final byte[] LAST_BLOCK = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    /** What content of so many bytes becomes. */
    static long size(long content) {
        long blocks = Math.ceilDiv(content, (long) BLOCK);
        return HEADER.length + content + blocks * BLOCK_HEADER + LAST_BLOCK.length + CHECKS;
    }

    @Override
    public InputStream open() throws IOException {
        return new Stream(content.open());
    }

    private static final class Stream extends InputStream {
        private final InputStream content;
        private final CRC32 crc = new CRC32();
        private final byte[] block = new byte[BLOCK_HEADER + BLOCK];
        private byte[] bytes = HEADER;
        private int at;
        private int end = HEADER.length;
        private long total;
        private boolean ended;

        private Stream(InputStream content) {
            this.content = content;
        }

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
            if (at == end && !fill()) {
                return -1;
            }
            int copied = Math.min(length, end - at);
            System.arraycopy(bytes, at, into, offset, copied);
            at += copied;
            return copied;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }

        private boolean fill() throws IOException {
            if (ended) {
                return false;
            }
            int length = content.readNBytes(block, BLOCK_HEADER, BLOCK);
            crc.update(block, BLOCK_HEADER, length);
            total += length;
            at = 0;
            if (length > 0) {
                block[0] = 0;
                littleEndian(block, 1, 2, length);
                littleEndian(block, 3, 2, ~length);
                bytes = block;
                end = BLOCK_HEADER + length;
            } else {
                ended = true;
                bytes = trailer();
                end = bytes.length;
            }
            return true;
        }

        private byte[] trailer() {
            byte[] trailer = new byte[LAST_BLOCK.length + CHECKS];
            System.arraycopy(LAST_BLOCK, 0, trailer, 0, LAST_BLOCK.length);
            littleEndian(trailer, LAST_BLOCK.length, 4, crc.getValue());
            littleEndian(trailer, LAST_BLOCK.length + 4, 4, total);
            return trailer;
        }

        private static void littleEndian(byte[] into, int at, int bytes, long value) {
            for (int i = 0; i < bytes; i++) {
                into[at + i] = (byte) (value >>> (8 * i));
            }
        }
    }
}
