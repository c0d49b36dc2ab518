package dev.slipway.warmup.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.kafka.WarmImageStage;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the parts of this service. */
final class WarmupBeans {

    /** Before anything is consumed: a service that silently warmed nothing would be worse than none. */
    static void refuseClusters(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            @ConfigProperty(name = "slipway.kubeconfig") Optional<String> kubeconfig) {
        kubeconfig.ifPresent(file -> {
            throw new UnsupportedConfigException(
                    "clusters are not supported yet by this version: remove slipway.kubeconfig (it is '%s')"
                            .formatted(file));
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
