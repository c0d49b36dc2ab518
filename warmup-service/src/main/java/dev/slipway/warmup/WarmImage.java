package dev.slipway.warmup;

import dev.slipway.warmup.pull.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Warms an image on every cluster that shall have it, all at once; where there is none, that is an outcome too. */
public final class WarmImage {
    private final Supplier<List<Cluster>> clusters;
    private final ThreadFactory threads;
    private final Copies copies;

    /**
     * Makes the use case.
     *
     * @param clusters that there are now
     * @param copies learns what was proven
     */
    public WarmImage(Supplier<List<Cluster>> clusters, ThreadFactory threads, Copies copies) {
        this.clusters = clusters;
        this.threads = threads;
        this.copies = copies;
    }

    /**
     * Ends when each cluster has ended; one that is slow or down holds up none of the others.
     *
     * @throws RuntimeException the listener's, when all have ended: not everything was made known
     */
    public void warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
        List<Cluster> all = clusters.get();
        if (all.isEmpty() && wish.clusters().isEmpty()) {
            listener.ended(new WarmupOutcome.NoCluster());
            return;
        }
        List<Cluster> wanted = all.stream()
                .filter(cluster -> wish.clusters().isEmpty() || wish.clusters().contains(cluster.name()))
                .toList();
        List<String> known = all.stream().map(Cluster::name).toList();
        for (String name : wish.clusters()) {
            if (!known.contains(name)) {
                listener.ended(new WarmupOutcome.Failed(
                        name,
                        WarmupOutcome.Cause.CLUSTER_UNKNOWN,
                        "there is no cluster '%s'; configured are %s".formatted(name, known)));
            }
        }
        inParallel(wanted.stream()
                .<Runnable>map(cluster -> () -> count(image, cluster.warm(image, wish, listener)))
                .toList());
    }

    private void count(PublishedImage image, WarmupOutcome outcome) {
        if (outcome instanceof WarmupOutcome.Warmed warmed) {
            copies.counted(
                    warmed.cluster(),
                    image.digest(),
                    warmed.end().warm(),
                    warmed.end().nodes());
        }
    }

    private void inParallel(List<Runnable> work) {
        List<RuntimeException> failures = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        for (Runnable one : work) {
            Thread thread = threads.newThread(() -> {
                try {
                    one.run();
                } catch (RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            thread.start();
            running.add(thread);
        }
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    running.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (failures) {
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }
    }
}
