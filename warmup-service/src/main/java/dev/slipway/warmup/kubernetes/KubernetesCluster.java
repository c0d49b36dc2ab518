package dev.slipway.warmup.kubernetes;

import dev.slipway.warmup.cluster.ClusterNodes;
import dev.slipway.warmup.cluster.ClusterUnavailableException;
import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.PodRefusedException;
import dev.slipway.warmup.cluster.RunId;
import dev.slipway.warmup.cluster.TooManyRequestsException;
import dev.slipway.warmup.cluster.WarmPod;
import dev.slipway.warmup.cluster.WarmPods;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A cluster by its API. It is asked for nothing before the first run; then its informers stay. */
public final class KubernetesCluster implements ClusterNodes, WarmPods, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KubernetesCluster.class);
    /** Of requests that may be repeated; each waits as long as the answer says, 0.1 s and its doubles else. */
    private static final int RETRIES = 4;

    private final String name;
    private final ClientSource clients;
    private final PodSettings settings;
    private final Duration patience;
    private final RetryAfter retryAfter = new RetryAfter();
    private @Nullable KubernetesClient client;
    private @Nullable Informers informers;

    /**
     * Makes a cluster.
     *
     * @param patience for the first answer
     */
    public KubernetesCluster(String name, ClientSource clients, PodSettings settings, Duration patience) {
        this.name = name;
        this.clients = clients;
        this.settings = settings;
        this.patience = patience;
    }

    @Override
    public Watching watch(RunId run, Consumer<Happening> listener) {
        return informers().watch(run, listener);
    }

    private synchronized Informers informers() {
        Informers running = informers;
        if (running != null && running.areRunning()) {
            return running;
        }
        if (running != null) {
            running.close();
            informers = null;
        }
        Informers fresh = new Informers(persistent(), settings.namespace());
        try {
            fresh.start(patience);
            informers = fresh;
            return fresh;
        } catch (ExecutionException e) {
            fresh.close();
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            fresh.close();
            throw new ClusterUnavailableException(
                    "the API at %s did not answer within %s".formatted(client().getMasterUrl(), patience), e);
        } catch (InterruptedException e) {
            fresh.close();
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private synchronized KubernetesClient client() {
        KubernetesClient open = client;
        if (open == null) {
            try {
                open = clients.open(retryAfter);
            } catch (RuntimeException e) {
                throw new ClusterUnavailableException(String.valueOf(e.getMessage()), e);
            }
            client = open;
        }
        return open;
    }

    /** Asks again by itself where it may: creates are not for it, since all runs pause together when one is told to. */
    private KubernetesClient persistent() {
        return client().newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .adapt(KubernetesClient.class);
    }

    private ClusterUnavailableException unavailable(Throwable cause) {
        return new ClusterUnavailableException(
                "the API at %s: %s".formatted(client().getMasterUrl(), cause.getMessage()), cause);
    }

    @Override
    public void create(WarmPod pod) {
        try {
            client().resource(PodManifest.of(pod, settings)).create();
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case 409 -> LOG.debugf("slipway.warm_pod_found cluster=%s pod=%s", name, pod.name());
                case 429 -> throw new TooManyRequestsException(answer(pod, e), retryAfter.last(), e);
                case 400, 403, 404, 413, 422 -> throw new PodRefusedException(answer(pod, e), e);
                default -> throw new ClusterUnavailableException(answer(pod, e), e);
            }
        }
    }

    private String answer(WarmPod pod, KubernetesClientException e) {
        return "the API of %s answered %d to the creation of %s/%s: %s"
                .formatted(name, e.getCode(), settings.namespace(), pod.name(), e.getMessage());
    }

    @Override
    public void remove(Collection<String> names) {
        for (String pod : names) {
            try {
                persistent()
                        .pods()
                        .inNamespace(settings.namespace())
                        .withName(pod)
                        .withGracePeriod(0)
                        .delete();
            } catch (KubernetesClientException e) {
                LOG.warnf("slipway.warm_pod_left cluster=%s pod=%s answer=%d", name, pod, e.getCode());
            }
        }
    }

    @Override
    public synchronized void close() {
        if (informers != null) {
            informers.close();
        }
        if (client != null) {
            client.close();
        }
    }
}
