package dev.slipway.events.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a cluster's nodes.
 *
 * @param warm nodes that were proven to have the image
 * @param lazy nodes whose snapshotter fetches files when they are read: ready, and not cached
 * @param failed nodes, by reason
 * @param skipped nodes, by reason
 * @param bytes of the nodes' images, as they are moved
 */
public record WarmupNumbers(
        int warm,
        int lazy,
        Map<String, Integer> failed,
        Map<String, Integer> skipped,
        Duration fastest,
        Duration median,
        Duration p95,
        Duration slowest,
        long bytes) {
    public WarmupNumbers {
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }
}
