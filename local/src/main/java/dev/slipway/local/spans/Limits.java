package dev.slipway.local.spans;

/**
 * How much is kept.
 *
 * @param traces the latest ones, by their first span
 * @param spansPerTrace later ones of the same trace are dropped
 * @param segmentBytes a file is closed when it has so much
 * @param totalBytes of all files, beyond which the oldest goes
 */
record Limits(int traces, int spansPerTrace, long segmentBytes, long totalBytes) {
    static final Limits STANDARD = new Limits(5000, 5000, 4 * 1024 * 1024, 128 * 1024 * 1024);

    Limits {
        if (traces < 1 || spansPerTrace < 1 || segmentBytes < 1 || totalBytes < segmentBytes) {
            throw new IllegalArgumentException("limits that keep nothing: %d traces, %d spans, %d and %d bytes"
                    .formatted(traces, spansPerTrace, segmentBytes, totalBytes));
        }
    }
}
