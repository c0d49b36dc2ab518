package dev.slipway.warmup.cluster;

import java.util.Collection;

/** The pods that make nodes pull. */
public interface WarmPods {

    /**
     * Creates a pod; one that is there already is as good.
     *
     * @throws TooManyRequestsException when the cluster wants fewer of them
     * @throws PodRefusedException when it will never take it
     * @throws ClusterUnavailableException when it did not answer as it should
     */
    void create(WarmPod pod);

    /** Removes pods; those that are gone already are fine, and those that cannot be removed end by their own deadline. */
    void remove(Collection<String> names);
}
