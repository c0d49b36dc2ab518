package dev.slipway.warmup.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.kafka.KeepingByEvents;
import dev.slipway.warmup.kafka.WarmImageStage;
import dev.slipway.warmup.kafka.WarmRequestStage;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.pull.DecidePullPolicy;
import dev.slipway.warmup.registry.RegistryIndexes;
import dev.slipway.warmup.registry.RegistryTags;
import dev.slipway.warmup.registry.RegistryToolImages;
import dev.slipway.warmup.tool.ToolImage;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Produces the parts of this service. */
final class WarmupBeans {
    private static final Logger LOG = Logger.getLogger(WarmupBeans.class);
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** Before anything is consumed: a configuration that cannot be is heard of at the start. */
    static void checkClusters(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            Clusters clusters,
            DescribedClusters described,
            PullPolicyReviews reviews) {
        clusters.all().forEach(cluster -> LOG.infof("slipway.cluster name=%s", cluster.name()));
        described.watch();
        reviews.begin();
    }

    @Produces
    @Singleton
    RegistryClient registryClient(Meters meters) {
        return new RegistryClient(RegistryOptions.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .observers(meters::registry)
                .build());
    }

    void close(@Disposes RegistryClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Clusters clusters(WarmupConfig config, RegistryClient registries, DecidePullPolicy decide) {
        return new Clusters(
                config,
                new RegistryIndexes(registries),
                new RegistryToolImages(registries, config.toolImage().map(Reference::parse), ToolImage::make),
                cluster -> new AskedNames(decide.heatOf(cluster)));
    }

    void close(@Disposes Clusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    DescribedClusters describedClusters(WarmupConfig config, Clusters clusters) {
        return new DescribedClusters(config.secrets(), clusters);
    }

    void close(@Disposes DescribedClusters described) {
        described.close();
    }

    @Produces
    @Singleton
    WarmImage warmImage(Clusters clusters, Copies copies) {
        return new WarmImage(
                clusters::all,
                work -> Thread.ofVirtual()
                        .name("warming")
                        .unstarted(Context.current().wrap(work)),
                copies);
    }

    @Produces
    @Singleton
    WarmRequestStage warmRequestStage(
            RegistryClient registries, WarmImage warmImage, Clusters clusters, EventPublisher publisher) {
        return new WarmRequestStage(
                new RegistryTags(registries),
                warmImage,
                () -> clusters.all().stream().map(Cluster::name).toList(),
                publisher);
    }

    @Produces
    @Singleton
    KeepingByEvents keeping(Clusters clusters, EventPublisher publisher) {
        return new KeepingByEvents(clusters::all, publisher, InstantSource.system(), SETTLE);
    }

    void close(@Disposes KeepingByEvents keeping) {
        keeping.close();
    }

    @Produces
    @Singleton
    WarmImageStage warmImageStage(WarmImage warmImage, EventPublisher publisher) {
        return new WarmImageStage(warmImage, publisher);
    }
}
