package dev.slipway.warmup.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many nodes asked for each image in a window that slides. */
public final class Heat {
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Map<String, Instant>> nodesByImage = new HashMap<>();

    public Heat(Duration window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    /**
     * A pod on a node wants an image.
     *
     * @param image a full reference by tag, or a digest
     */
    public synchronized void asked(String image, String node, Instant at) {
        if (at.isAfter(clock.instant().minus(window))) {
            nodesByImage
                    .computeIfAbsent(image, key -> new HashMap<>())
                    .merge(node, at, (there, next) -> next.isAfter(there) ? next : there);
        }
    }

    /** Nodes that asked lately for an image by any of its names. */
    public synchronized int nodes(String... names) {
        forget();
        Set<String> nodes = new HashSet<>();
        for (String name : names) {
            nodes.addAll(nodesByImage.getOrDefault(name, Map.of()).keySet());
        }
        return nodes.size();
    }

    /** Images that were asked for lately. */
    public synchronized Set<String> images() {
        forget();
        return Set.copyOf(nodesByImage.keySet());
    }

    private void forget() {
        Instant oldest = clock.instant().minus(window);
        nodesByImage.values().removeIf(nodes -> {
            nodes.values().removeIf(at -> !at.isAfter(oldest));
            return nodes.isEmpty();
        });
    }
}
