package dev.slipway.warmup.wiring;

import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.node.Strategy;
import dev.slipway.warmup.run.ClusterSettings;
import dev.slipway.warmup.run.ToolImages;
import dev.slipway.warmup.run.WarmCluster;
import dev.slipway.warmup.verify.PublishedIndexes;
import dev.slipway.warmup.wiring.WarmupConfig.ClusterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The configured clusters. They are connected when they are first warmed, so one that is down holds up no start. */
final class Clusters implements AutoCloseable {
    private final List<KubernetesCluster> connections = new ArrayList<>();
    private final List<Cluster> all = new ArrayList<>();
    /** Requests to clusters, each on a thread of its own; their pace is kept elsewhere. */
    private final ExecutorService creating = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Makes them.
     *
     * @throws UnsupportedConfigException naming the cluster and what is wrong
     */
    Clusters(WarmupConfig config, PublishedIndexes indexes, ToolImages tools) {
        Map<String, ClusterConfig> sorted = new TreeMap<>(config.clusters());
        sorted.forEach((name, cluster) -> {
            try {
                add(name, cluster, config, indexes, tools);
            } catch (IllegalArgumentException e) {
                throw new UnsupportedConfigException("slipway.warmup.clusters.%s: %s".formatted(name, e.getMessage()));
            }
        });
    }

    private void add(
            String name, ClusterConfig cluster, WarmupConfig config, PublishedIndexes indexes, ToolImages tools) {
        if (cluster.user() <= 0) {
            throw new IllegalArgumentException("user must not be root, and is %d".formatted(cluster.user()));
        }
        Set<String> tolerated = cluster.tolerations().orElse(Set.of());
        KubernetesCluster connection = new KubernetesCluster(
                name,
                cluster.kubeconfig()
                        .map(file -> KubernetesClients.ofKubeconfig(
                                file, cluster.context().orElse(null)))
                        .orElseGet(KubernetesClients::inCluster),
                new PodSettings(
                        cluster.namespace(),
                        cluster.pullSecrets().orElse(List.of()),
                        cluster.priorityClass(),
                        cluster.user(),
                        tolerated),
                config.patience());
        ClusterSettings settings = new ClusterSettings(
                name,
                cluster.pullFrom().orElse(List.of()),
                new NodeSelection(cluster.nodeSelector(), tolerated),
                Strategy.parse(cluster.strategy()),
                new Waves(cluster.waves(), cluster.failureLimit()),
                new Limits.Deadlines(cluster.nodeDeadline(), cluster.deadline()),
                cluster.lazyNodes());
        Limits limits = Limits.of(cluster.inFlight(), cluster.createsPerSecond(), cluster.burst());
        connections.add(connection);
        all.add(new WarmCluster(settings, limits, connection, connection, indexes, tools, creating));
    }

    List<Cluster> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        creating.shutdownNow();
        connections.forEach(KubernetesCluster::close);
    }
}
