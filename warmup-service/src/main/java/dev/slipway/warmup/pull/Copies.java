package dev.slipway.warmup.pull;

import dev.slipway.oci.Digest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How many nodes of each cluster were proven to have an image, by the warm-ups that this process knows of. */
public final class Copies {

    /**
     * How a warm-up ended.
     *
     * @param nodes that should have it
     */
    public record Count(int copies, int nodes, Instant at) {}

    private record Key(String cluster, Digest digest) {}

    private final Map<Key, Count> counts = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public Copies(InstantSource clock) {
        this.clock = clock;
    }

    /** A warm-up of an image ended just now. */
    public void counted(String cluster, Digest digest, int copies, int nodes) {
        counts.put(new Key(cluster, digest), new Count(copies, nodes, clock.instant()));
    }

    public Optional<Count> of(String cluster, Digest digest) {
        return Optional.ofNullable(counts.get(new Key(cluster, digest)));
    }
}
