package dev.slipway.warmup.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.kafka.WarmImageStage;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Produces the parts of this service. */
final class WarmupBeans {

    /** Before anything is consumed: a service that silently warmed nothing would be worse than none. */
    static void refuseClusters(@Observes StartupEvent event, WarmupConfig config) {
        config.kubeconfig().ifPresent(kubeconfig -> {
            throw new UnsupportedConfigException(
                    "clusters are not supported yet by this version: remove slipway.kubeconfig (it is '%s')"
                            .formatted(kubeconfig));
        });
    }

    @Produces
    @Singleton
    WarmImage warmImage() {
        return new WarmImage(List.of());
    }

    @Produces
    @Singleton
    WarmImageStage warmImageStage(WarmImage warmImage, EventPublisher publisher) {
        return new WarmImageStage(warmImage, publisher);
    }
}
