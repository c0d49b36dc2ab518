package dev.slipway.warmup.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Where the client of a cluster comes from. */
@FunctionalInterface
public interface ClientSource {

    /**
     * Opens one that does not try again by itself.
     *
     * @param listener hears every answer
     * @throws IllegalArgumentException when what it is configured by cannot be read
     */
    KubernetesClient open(Interceptor listener);
}
