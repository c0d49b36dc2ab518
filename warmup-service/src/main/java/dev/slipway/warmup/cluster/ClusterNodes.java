package dev.slipway.warmup.cluster;

import java.util.function.Consumer;

/** What happens on a cluster. */
public interface ClusterNodes {

    /**
     * Tells of the nodes and of a run's pods: first those there are, then {@link Happening.Synced}, then each change.
     *
     * @throws ClusterUnavailableException when the cluster cannot be asked
     */
    Watching watch(RunId run, Consumer<Happening> listener);

    /** Stops telling. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
