package dev.slipway.warmup.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.kafka.WarmImageStage;
import dev.slipway.warmup.registry.RegistryIndexes;
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
import org.jboss.logging.Logger;

/** Produces the parts of this service. */
final class WarmupBeans {
    private static final Logger LOG = Logger.getLogger(WarmupBeans.class);

    /** Before anything is consumed: a configuration that cannot be is heard of at the start. */
    static void checkClusters(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event, Clusters clusters) {
        clusters.all().forEach(cluster -> LOG.infof("slipway.cluster name=%s", cluster.name()));
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
    Clusters clusters(WarmupConfig config, RegistryClient registries) {
        return new Clusters(
                config,
                new RegistryIndexes(registries),
                new RegistryToolImages(registries, config.toolImage().map(Reference::parse), ToolImage::make));
    }

    void close(@Disposes Clusters clusters) {
        clusters.close();
    }

    @Produces
    @Singleton
    WarmImage warmImage(Clusters clusters) {
        return new WarmImage(
                clusters::all,
                work -> Thread.ofVirtual()
                        .name("warming")
                        .unstarted(Context.current().wrap(work)));
    }

    @Produces
    @Singleton
    WarmImageStage warmImageStage(WarmImage warmImage, EventPublisher publisher) {
        return new WarmImageStage(warmImage, publisher);
    }
}
