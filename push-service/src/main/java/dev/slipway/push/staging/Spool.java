package dev.slipway.push.staging;

import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to several registries: read from its source once into a file, and read from there by any number of
 * uploads, which follow while it is being written and may start again. A slow registry holds up nobody, and memory is that of
 * a buffer, whatever the size.
 */
final class Spool implements BlobSource, AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private volatile boolean stopped;
    private long written;
    private boolean complete;
    private @Nullable Exception broken;

    Spool(Path directory) {
        try {
            file = Files.createTempFile(directory, "blob-", ".spool");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a spool file in " + directory, e);
        }
    }

    /** Reads the source to its end. Where that fails, all readers fail, and it is thrown here too. */
    void fill(BlobSource source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] buffer = new byte[BUFFER];
            int read;
            while (!stopped && (read = in.readNBytes(buffer, 0, buffer.length)) > 0) {
                write(ByteBuffer.wrap(buffer, 0, read));
            }
            advance(0, true, null);
        } catch (IOException | RuntimeException e) {
            advance(0, false, e);
            throw e;
        }
    }

    /** Nobody will read on: what the source still has is not fetched. */
    void stop() {
        stopped = true;
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        long position = written;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        advance(length, false, null);
    }

    private void advance(long bytes, boolean end, @Nullable Exception failure) {
        lock.lock();
        try {
            written += bytes;
            complete = end;
            broken = failure;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream open() {
        return new Reader();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove spool file " + file, e);
        }
    }

    /** How many bytes are there at a position; waits until there is one at least, or none will come: then -1. */
    private long availableAt(long position) throws IOException {
        lock.lock();
        try {
            while (written <= position && !complete && broken == null) {
                more.await();
            }
            if (broken != null) {
                throw new IOException("the blob could not be read from its source", broken);
            }
            return written > position ? written - position : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the source");
        } finally {
            lock.unlock();
        }
    }

    private final class Reader extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            long available = availableAt(position);
            if (available < 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, available)), position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = 0;
            while (skipped < count) {
                long available = availableAt(position);
                if (available < 0) {
                    break;
                }
                long step = Math.min(count - skipped, available);
                position += step;
                skipped += step;
            }
            return skipped;
        }
    }
}
