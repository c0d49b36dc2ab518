package dev.slipway.warmup.keep;

import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.WarmupWish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Keeps images, each on a thread of its own: a cluster that is down delays none of the others, and is tried again. */
public final class KeepImages implements AutoCloseable {
    private record Keeping(KeptImage image, Thread thread) {}

    private final Supplier<List<Cluster>> clusters;
    private final KeepListener listener;
    private final InstantSource clock;
    private final Duration pause;
    private final Map<String, Keeping> running = new HashMap<>();

    /**
     * Makes it; nothing is kept yet.
     *
     * @param clusters that there are now
     * @param pause before something that failed is tried again
     */
    public KeepImages(Supplier<List<Cluster>> clusters, KeepListener listener, InstantSource clock, Duration pause) {
        this.clusters = clusters;
        this.listener = listener;
        this.clock = clock;
        this.pause = pause;
    }

    /** Keeps these and no others. */
    public synchronized void keep(List<KeptImage> wanted) {
        Map<String, KeptImage> byKey = wanted.stream().collect(Collectors.toMap(KeptImage::key, image -> image));
        for (Iterator<Keeping> all = running.values().iterator(); all.hasNext(); ) {
            Keeping one = all.next();
            if (!one.image().equals(byKey.get(one.image().key()))
                    || !one.thread().isAlive()) {
                one.thread().interrupt();
                all.remove();
            }
        }
        byKey.forEach((key, image) -> running.computeIfAbsent(
                key,
                missing -> new Keeping(image, Thread.ofVirtual().name("keeping").start(() -> keep(image)))));
    }

    private void keep(KeptImage image) {
        while (!Thread.currentThread().isInterrupted()) {
            Duration left = Duration.between(clock.instant(), image.until());
            if (left.isNegative() || left.isZero()) {
                return;
            }
            try {
                cluster(image).keep(image.image(), wish(image), left, node -> listener.evicted(image, node));
            } catch (CancellationException e) {
                return;
            } catch (RuntimeException e) {
                listener.troubled(image, e);
                if (!sleeps()) {
                    return;
                }
            }
        }
    }

    private Cluster cluster(KeptImage image) {
        return clusters.get().stream()
                .filter(cluster -> cluster.name().equals(image.cluster()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("there is no cluster '%s' any more".formatted(image.cluster())));
    }

    private static WarmupWish wish(KeptImage image) {
        return new WarmupWish(List.of(image.cluster()), image.nodeSelector(), List.of(), Optional.empty());
    }

    private boolean sleeps() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is kept right now. */
    public synchronized List<KeptImage> kept() {
        Instant now = clock.instant();
        return running.values().stream()
                .map(Keeping::image)
                .filter(image -> image.until().isAfter(now))
                .toList();
    }

    @Override
    public void close() {
        keep(List.of());
    }
}
