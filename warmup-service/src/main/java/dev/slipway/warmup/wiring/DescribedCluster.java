package dev.slipway.warmup.wiring;

import dev.slipway.warmup.kubernetes.ClientSource;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.wiring.WarmupConfig.ClusterConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A cluster as a secret describes it: its kubeconfig as text, and the properties of the configuration by their names. */
record DescribedCluster(ClusterConfig config, ClientSource clients) {
    private static final String KUBECONFIG = "kubeconfig";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming what is wrong, and never a value
     */
    static DescribedCluster of(String name, Map<String, String> properties) {
        String kubeconfig = properties.get(KUBECONFIG);
        if (kubeconfig == null || kubeconfig.isBlank()) {
            throw new IllegalArgumentException("it has no key 'kubeconfig'");
        }
        String prefix = "slipway.warmup.clusters.\"%s\".".formatted(name);
        Map<String, String> named = new HashMap<>();
        properties.forEach((key, value) -> named.put(prefix + key, value.strip()));
        // as a property it is a file; that it is there makes the cluster known
        named.put(prefix + KUBECONFIG, name);
        try {
            ClusterConfig config = Objects.requireNonNull(new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withMapping(WarmupConfig.class)
                    .withSources(new PropertiesConfigSource(named, "secret " + name, 0))
                    .build()
                    .getConfigMapping(WarmupConfig.class)
                    .clusters()
                    .get(name));
            return new DescribedCluster(
                    config,
                    KubernetesClients.ofKubeconfigText(
                            kubeconfig, config.context().orElse(null)));
        } catch (ConfigValidationException e) {
            throw new IllegalArgumentException("a key is unknown, or has a value that it cannot have", e);
        }
    }
}
