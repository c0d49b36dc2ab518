package dev.slipway.local.registry.store;

import dev.slipway.local.registry.store.ContentDigest.Algorithm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob that have come so far, hashed as they came. What a request brought before it broke off is kept, and
 * {@link #length} says how much that is. One request at a time: see {@link #lock}.
 */
public final class Upload {
    private static final int BUFFER = 256 * 1024;

    private final String id;
    private final Path file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long length;
    private volatile Instant lastUse;

    /** Null where not all the bytes on disk were hashed as they came, or not by {@link #algorithm}. */
    private @Nullable MessageDigest hash;

    private Algorithm algorithm = Algorithm.SHA256;

    Upload(String id, Path file, long length, Clock clock) {
        this.id = id;
        this.file = file;
        this.length = length;
        this.clock = clock;
        this.lastUse = clock.instant();
    }

    static Upload resumed(String id, Path file, Clock clock) {
        try {
            return new Upload(id, file, Files.size(file), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return id;
    }

    Path file() {
        return file;
    }

    Instant lastUse() {
        return lastUse;
    }

    /** To be held while bytes are appended, and from there on while they are committed. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Bytes so far. */
    public long length() {
        return length;
    }

    /**
     * Appends to the end of the stream.
     *
     * @param expected the algorithm of the digest that will end this upload, as far as one knows
     */
    public void append(InputStream content, Algorithm expected) throws IOException {
        lastUse = clock.instant();
        MessageDigest running = hash(expected);
        byte[] buffer = new byte[BUFFER];
        boolean ended = false;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.truncate(length).position(length);
            while (!ended) {
                // servers hand bodies out in small pieces; hashing and writing like large ones
                int count = 0;
                try {
                    while (!ended && count < buffer.length) {
                        int read = content.read(buffer, count, buffer.length - count);
                        ended = read < 0;
                        count += Math.max(0, read);
                    }
                } finally {
                    append(out, running, ByteBuffer.wrap(buffer, 0, count));
                }
            }
        }
        lastUse = clock.instant();
    }

    private void append(FileChannel out, MessageDigest running, ByteBuffer bytes) throws IOException {
        hash = null;
        long after = length + bytes.remaining();
        running.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        length = after;
        hash = running;
    }

    /** The digest of all bytes so far; the upload ends with it. */
    ContentDigest digest(Algorithm by) throws IOException {
        MessageDigest all = hash(by);
        hash = null;
        return ContentDigest.ofHash(by, all);
    }

    private MessageDigest hash(Algorithm by) throws IOException {
        MessageDigest known = hash;
        if (known == null || by != algorithm) {
            known = hashOfFile(by);
            algorithm = by;
            hash = known;
        }
        return known;
    }

    private MessageDigest hashOfFile(Algorithm by) throws IOException {
        MessageDigest all = by.newHash();
        if (length == 0) {
            return all;
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = length; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("%s ends %d bytes early".formatted(file, left));
                }
                all.update(buffer, 0, count);
                left -= count;
            }
        }
        return all;
    }
}
