package dev.slipway.warmup.wiring;

import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.kubernetes.ClientSource;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.kubernetes.watch.AskedImages;
import dev.slipway.warmup.kubernetes.watch.ClusterSecrets;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of the configuration, which stay, and those that secrets describe, which come and go. They are connected when they
 * are first warmed, so one that is down holds up no start.
 */
final class Clusters implements ClusterSecrets.Listener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Clusters.class);

    /** Of the configuration where there are no properties. */
    private record Member(
            KubernetesCluster connection,
            Cluster cluster,
            Optional<AskedImages> asked,
            @Nullable Map<String, String> properties) {}

    private final WarmupConfig config;
    private final PublishedIndexes indexes;
    private final ToolImages tools;
    private final Function<String, AskedImages.Listener> heat;
    private final Map<String, Member> members = new TreeMap<>();
    /** Requests to clusters, each on a thread of its own; their pace is kept elsewhere. */
    private final ExecutorService creating = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Makes those of the configuration.
     *
     * @param heat hears, by the name of a cluster, what its pods ask for
     * @throws UnsupportedConfigException naming the cluster and what is wrong
     */
    Clusters(
            WarmupConfig config,
            PublishedIndexes indexes,
            ToolImages tools,
            Function<String, AskedImages.Listener> heat) {
        this.config = config;
        this.indexes = indexes;
        this.tools = tools;
        this.heat = heat;
        config.clusters().forEach((name, cluster) -> {
            try {
                members.put(name, member(name, cluster, source(cluster), null));
            } catch (IllegalArgumentException e) {
                throw new UnsupportedConfigException("slipway.warmup.clusters.%s: %s".formatted(name, e.getMessage()));
            }
        });
    }

    private static ClientSource source(ClusterConfig cluster) {
        return cluster.kubeconfig()
                .map(file ->
                        KubernetesClients.ofKubeconfig(file, cluster.context().orElse(null)))
                .orElseGet(KubernetesClients::inCluster);
    }

    private Member member(
            String name, ClusterConfig cluster, ClientSource clients, @Nullable Map<String, String> properties) {
        if (cluster.user() <= 0) {
            throw new IllegalArgumentException("user must not be root, and is %d".formatted(cluster.user()));
        }
        Set<String> tolerated = cluster.tolerations().orElse(Set.of());
        ClusterSettings settings = new ClusterSettings(
                name,
                cluster.pullFrom().orElse(List.of()),
                new NodeSelection(cluster.nodeSelector(), tolerated),
                Strategy.parse(cluster.strategy()),
                new Waves(cluster.waves(), cluster.failureLimit()),
                new Limits.Deadlines(cluster.nodeDeadline(), cluster.deadline()),
                cluster.lazyNodes(),
                cluster.keepCheck());
        Limits limits = Limits.of(cluster.inFlight(), cluster.createsPerSecond(), cluster.burst());
        KubernetesCluster connection = new KubernetesCluster(
                name,
                clients,
                new PodSettings(
                        cluster.namespace(),
                        cluster.pullSecrets().orElse(List.of()),
                        cluster.priorityClass(),
                        cluster.user(),
                        tolerated),
                config.patience());
        return new Member(
                connection,
                new WarmCluster(settings, limits, connection, connection, indexes, tools, creating),
                cluster.heat() ? Optional.of(new AskedImages(clients, heat.apply(name))) : Optional.empty(),
                properties);
    }

    /** One that is described otherwise than before is another one: what runs on it ends, and says so. */
    @Override
    public void described(String name, Map<String, String> properties) {
        Member replaced;
        synchronized (this) {
            Member known = members.get(name);
            if (known != null
                    && (known.properties() == null || known.properties().equals(properties))) {
                return;
            }
            try {
                DescribedCluster cluster = DescribedCluster.of(name, properties);
                members.put(name, member(name, cluster.config(), cluster.clients(), properties));
                LOG.infof("slipway.cluster_described name=%s", name);
            } catch (IllegalArgumentException e) {
                LOG.warnf("slipway.cluster_refused name=%s reason=%s", name, e.getMessage());
                return;
            }
            replaced = known;
        }
        close(replaced);
    }

    @Override
    public void gone(String name) {
        Member member;
        synchronized (this) {
            member = members.get(name);
            if (member == null || member.properties() == null) {
                return;
            }
            members.remove(name);
        }
        LOG.infof("slipway.cluster_gone name=%s", name);
        close(member);
    }

    private static void close(@Nullable Member member) {
        if (member != null) {
            member.asked().ifPresent(AskedImages::close);
            member.connection().close();
        }
    }

    synchronized List<Cluster> all() {
        return members.values().stream().map(Member::cluster).toList();
    }

    @Override
    public void close() {
        creating.shutdownNow();
        List<Member> all;
        synchronized (this) {
            all = new ArrayList<>(members.values());
        }
        all.forEach(Clusters::close);
    }
}
