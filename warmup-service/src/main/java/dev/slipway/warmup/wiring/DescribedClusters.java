package dev.slipway.warmup.wiring;

import dev.slipway.warmup.kubernetes.ClientSource;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.kubernetes.watch.ClusterSecrets;
import dev.slipway.warmup.wiring.WarmupConfig.SecretsConfig;
import org.jspecify.annotations.Nullable;

/** Watches the secrets that describe clusters, where the configuration names a namespace. */
final class DescribedClusters implements AutoCloseable {
    private final SecretsConfig config;
    private final ClusterSecrets.Listener listener;
    private @Nullable ClusterSecrets secrets;

    DescribedClusters(SecretsConfig config, ClusterSecrets.Listener listener) {
        this.config = config;
        this.listener = listener;
    }

    /**
     * Begins.
     *
     * @throws UnsupportedConfigException where the kubeconfig cannot be read
     */
    synchronized void watch() {
        if (config.namespace().isPresent() && secrets == null) {
            ClientSource clients = config.kubeconfig()
                    .map(file -> KubernetesClients.ofKubeconfig(
                            file, config.context().orElse(null)))
                    .orElseGet(KubernetesClients::inCluster);
            try {
                secrets = new ClusterSecrets(clients, config.namespace().get(), listener);
            } catch (IllegalArgumentException e) {
                throw new UnsupportedConfigException("slipway.warmup.secrets: %s".formatted(e.getMessage()));
            }
        }
    }

    @Override
    public synchronized void close() {
        if (secrets != null) {
            secrets.close();
        }
    }
}
