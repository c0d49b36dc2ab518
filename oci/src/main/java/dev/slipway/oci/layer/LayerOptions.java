package dev.slipway.oci.layer;

import java.time.Instant;
import java.util.zip.Deflater;

/**
 * How to write layers.
 *
 * @param time of every entry, to the second
 * @param level of gzip, 1 (fastest) to 9
 * @param threads that compress; the bytes do not depend on it
 */
public record LayerOptions(Instant time, Compression compression, int level, int threads) {

    public static final LayerOptions DEFAULT = new LayerOptions(
            Instant.EPOCH, Compression.AUTO, 6, Runtime.getRuntime().availableProcessors());

    public LayerOptions {
        if (time.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("a tar archive cannot hold a time before 1970: " + time);
        }
        if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
            throw new IllegalArgumentException("gzip has the levels 1 to 9, and not %d".formatted(level));
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 at least, and are %d".formatted(threads));
        }
    }

    public LayerOptions withTime(Instant newTime) {
        return new LayerOptions(newTime, compression, level, threads);
    }

    public LayerOptions withCompression(Compression newCompression) {
        return new LayerOptions(time, newCompression, level, threads);
    }

    public LayerOptions withLevel(int newLevel) {
        return new LayerOptions(time, compression, newLevel, threads);
    }

    public LayerOptions withThreads(int newThreads) {
        return new LayerOptions(time, compression, level, newThreads);
    }
}
