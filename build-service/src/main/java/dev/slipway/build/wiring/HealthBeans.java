package dev.slipway.build.wiring;

import dev.slipway.build.health.Probes;
import dev.slipway.build.kafka.worker.StatusReporter;
import dev.slipway.build.scheduler.SchedulerStreams;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Probes over the roles that this process has. */
final class HealthBeans {

    @Produces
    @Singleton
    Probes probes(
            BuildServiceConfig config,
            Instance<SchedulerStreams> scheduler,
            Instance<StatusReporter> worker,
            Clock clock) {
        return new Probes(
                config.roles().contains(Role.SCHEDULER) ? Optional.of(scheduler.get()) : Optional.empty(),
                config.roles().contains(Role.WORKER) ? Optional.of(worker.get()) : Optional.empty(),
                config.scheduler().silence(),
                clock);
    }
}
