package dev.slipway.warmup;

import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many nodes are where, after a wave and at the end.
 *
 * @param wave from 1; the last one at the end
 * @param warm nodes that were proven to have the image
 * @param lazy nodes whose snapshotter fetches files when they are read: ready, and not cached
 * @param remaining nodes that were not tried yet
 * @param failures the first {@link #MAX_FAILURES}
 * @param bytes that the nodes' images have, as they are moved
 */
public record Progress(
        int wave,
        int warm,
        int lazy,
        int remaining,
        Map<PullFailure, Integer> failed,
        Map<SkipReason, Integer> skipped,
        List<NodeFailure> failures,
        Times times,
        long bytes) {
    public static final int MAX_FAILURES = 50;

    /** How long nodes took, from the creation of their pod until the proof was read. */
    public record Times(Duration fastest, Duration median, Duration p95, Duration slowest) {
        public static final Times NONE = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        public static Times of(List<Duration> all) {
            if (all.isEmpty()) {
                return NONE;
            }
            List<Duration> sorted = all.stream().sorted().toList();
            return new Times(
                    sorted.getFirst(),
                    sorted.get((sorted.size() - 1) / 2),
                    sorted.get((sorted.size() - 1) * 95 / 100),
                    sorted.getLast());
        }
    }

    public Progress {
        failed = ordered(PullFailure.class, failed);
        skipped = ordered(SkipReason.class, skipped);
        failures = failures.stream().limit(MAX_FAILURES).toList();
    }

    private static <K extends Enum<K>> Map<K, Integer> ordered(Class<K> type, Map<K, Integer> counts) {
        EnumMap<K, Integer> copy = new EnumMap<>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    public int failedNodes() {
        return failed.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int skippedNodes() {
        return skipped.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Nodes that should have the image. */
    public int nodes() {
        return warm + lazy + remaining + failedNodes();
    }
}
