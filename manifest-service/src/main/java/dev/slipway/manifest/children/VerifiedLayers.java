package dev.slipway.manifest.children;

import dev.slipway.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Layers that were seen in staging a short time ago, so that equal layers of many builds are not asked for each time. */
public final class VerifiedLayers {
    private static final int LIMIT = 10_000;

    private final Duration keep;
    private final InstantSource clock;
    private final Map<Digest, Instant> seen = new LinkedHashMap<>();

    /**
     * Makes an empty memory.
     *
     * @param keep how long a layer that was seen counts as there; zero for not at all
     */
    public VerifiedLayers(Duration keep, InstantSource clock) {
        this.keep = keep;
        this.clock = clock;
    }

    synchronized boolean contains(Digest layer) {
        Instant at = seen.get(layer);
        return at != null && clock.instant().isBefore(at.plus(keep));
    }

    synchronized void add(Digest layer) {
        seen.remove(layer);
        seen.put(layer, clock.instant());
        if (seen.size() > LIMIT) {
            seen.remove(seen.keySet().iterator().next());
        }
    }
}
