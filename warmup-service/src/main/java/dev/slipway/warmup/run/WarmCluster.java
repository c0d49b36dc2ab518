package dev.slipway.warmup.run;

import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupOutcome.Cause;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.cluster.ClusterNodes;
import dev.slipway.warmup.cluster.ClusterUnavailableException;
import dev.slipway.warmup.cluster.RunId;
import dev.slipway.warmup.cluster.WarmPods;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.verify.PublishedIndexes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Warms images on one cluster; several at once keep its limits together. */
public final class WarmCluster implements Cluster {
    /** Tells a run that keeps from the one that brought the image. */
    private static final String KEPT = "/kept";

    private static final WarmupListener SILENT = new WarmupListener() {
        @Override
        public void started(String cluster, int nodes) {}

        @Override
        public void progressed(String cluster, Progress progress) {}

        @Override
        public void ended(WarmupOutcome outcome) {}
    };

    private final ClusterSettings settings;
    private final Limits limits;
    private final ClusterNodes nodes;
    private final WarmPods pods;
    private final PublishedIndexes indexes;
    private final ToolImages tools;
    private final Executor creating;

    /**
     * Makes the use case.
     *
     * @param limits of all runs on this cluster
     * @param creating runs requests to the cluster, as many at once as it is given
     */
    public WarmCluster(
            ClusterSettings settings,
            Limits limits,
            ClusterNodes nodes,
            WarmPods pods,
            PublishedIndexes indexes,
            ToolImages tools,
            Executor creating) {
        this.settings = settings;
        this.limits = limits;
        this.nodes = nodes;
        this.pods = pods;
        this.indexes = indexes;
        this.tools = tools;
        this.creating = creating;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
        Optional<RepositoryName> nearest = settings.nearest(image.repositories());
        if (nearest.isEmpty()) {
            return end(new WarmupOutcome.NoTarget(name()), listener);
        }
        RunPlan plan;
        try {
            plan = plan(image, nearest.get(), wish);
        } catch (StoreException e) {
            return end(failed(Cause.IMAGE_UNREADABLE, e.getMessage()), listener);
        } catch (IllegalArgumentException e) {
            return end(failed(Cause.REQUEST_INVALID, e.getMessage()), listener);
        }
        Run run = new Run(name(), plan, limits, pods, listener, creating);
        try (ClusterNodes.Watching watching = nodes.watch(plan.id(), run::happened)) {
            WarmupOutcome outcome = end(run.run(), listener);
            watching.close();
            run.cleanUp();
            return outcome;
        } catch (ClusterUnavailableException e) {
            return end(failed(Cause.CLUSTER_UNAVAILABLE, e.getMessage()), listener);
        } finally {
            run.close();
        }
    }

    @Override
    public void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted) {
        RepositoryName nearest = settings.nearest(image.repositories())
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s pulls from none of %s".formatted(name(), image.repositories())));
        PublishedImage kept = new PublishedImage(image.buildId() + KEPT, image.digest(), image.repositories());
        RunPlan plan = plan(
                kept, nearest, new WarmupWish(wish.clusters(), wish.nodeSelector(), wish.waves(), Optional.of(time)));
        Run run = new Run(name(), plan, limits, pods, SILENT, creating);
        try (ClusterNodes.Watching watching = nodes.watch(plan.id(), run::happened)) {
            run.keep(settings.check(), evicted);
            watching.close();
        } finally {
            boolean interrupted = Thread.interrupted();
            run.cleanUp();
            run.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RunPlan plan(PublishedImage image, RepositoryName repository, WarmupWish wish) {
        Map<String, String> labels = new HashMap<>(settings.selection().labels());
        labels.putAll(wish.nodeSelector());
        Waves waves = wish.waves().isEmpty()
                ? settings.waves()
                : new Waves(wish.waves(), settings.waves().failureLimit());
        return new RunPlan(
                RunId.of(image.buildId(), name(), image.digest()),
                indexes.read(repository, image.digest()),
                new Reference.Digested(repository, Optional.empty(), image.digest()),
                tools.beside(repository),
                new NodeSelection(labels, settings.selection().tolerated()),
                settings.strategy(),
                waves,
                new Limits.Deadlines(
                        settings.deadlines().node(),
                        wish.deadline().orElse(settings.deadlines().run())),
                settings.lazyLabels());
    }

    private WarmupOutcome failed(Cause cause, @Nullable String message) {
        return new WarmupOutcome.Failed(name(), cause, "%s: %s".formatted(name(), message));
    }

    private static WarmupOutcome end(WarmupOutcome outcome, WarmupListener listener) {
        listener.ended(outcome);
        return outcome;
    }
}
