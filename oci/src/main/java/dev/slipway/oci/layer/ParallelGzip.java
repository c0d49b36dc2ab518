package dev.slipway.oci.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * gzip (RFC 1952) by several threads, as pigz does it: blocks are compressed apart, each with the end of the one before as its
 * dictionary, and end on a byte boundary, so that one after the other they are one member. Where a block ends depends on
 * nothing but the content.
 */
final class ParallelGzip extends OutputStream {
    private static final int BLOCK = 1 << 20;
    private static final int WINDOW = 1 << 15;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] NO_DICTIONARY = {};

    private final OutputStream out;
    private final int level;
    private final int inFlight;
    private final ExecutorService threads;
    private final Queue<Future<byte[]>> blocks = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private byte[] block = new byte[BLOCK];
    private byte[] dictionary = NO_DICTIONARY;
    private int filled;
    private long total;
    private boolean closed;

    ParallelGzip(OutputStream out, int level, int threads) throws IOException {
        this.out = out;
        this.level = level;
        this.inFlight = 2 * threads;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("gzip-", 0).factory());
        out.write(HEADER);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        crc.update(from, offset, length);
        total += length;
        int at = offset;
        int left = length;
        while (left > 0) {
            int copied = Math.min(left, BLOCK - filled);
            System.arraycopy(from, at, block, filled, copied);
            filled += copied;
            at += copied;
            left -= copied;
            if (filled == BLOCK) {
                submit(false);
            }
        }
    }

    /** Ends the member; the stream below stays open. Not called, nothing that was written is of use. */
    void finish() throws IOException {
        submit(true);
        while (!blocks.isEmpty()) {
            writeFirst();
        }
        byte[] trailer = new byte[8];
        littleEndian(trailer, 0, crc.getValue());
        littleEndian(trailer, 4, total);
        out.write(trailer);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            threads.shutdownNow();
        }
    }

    private void submit(boolean last) throws IOException {
        byte[] content = block;
        byte[] before = dictionary;
        int length = filled;
        blocks.add(threads.submit(() -> compress(content, length, before, last)));
        if (!last) {
            dictionary = Arrays.copyOfRange(content, length - WINDOW, length);
            block = new byte[BLOCK];
            filled = 0;
        }
        while (blocks.size() > inFlight) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        try {
            out.write(blocks.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            throw new IOException("compressing failed", e.getCause());
        }
    }

    private byte[] compress(byte[] content, int length, byte[] before, boolean last) {
        Deflater deflater = new Deflater(level, true);
        try {
            if (before.length > 0) {
                deflater.setDictionary(before);
            }
            deflater.setInput(content, 0, length);
            if (last) {
                deflater.finish();
            }
            byte[] compressed = new byte[length + length / 1000 + 1024];
            int size = 0;
            int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
            while (true) {
                size += deflater.deflate(compressed, size, compressed.length - size, flush);
                if (size < compressed.length) {
                    return Arrays.copyOf(compressed, size);
                }
                compressed = Arrays.copyOf(compressed, 2 * compressed.length);
            }
        } finally {
            deflater.end();
        }
    }

    private static void littleEndian(byte[] into, int at, long value) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
