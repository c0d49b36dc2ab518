package dev.slipway.build.wiring;

import dev.slipway.build.queue.Patience;
import dev.slipway.build.scheduler.SchedulerStreams;
import dev.slipway.build.scheduler.SchedulerTopology;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.tracing.StageSpans;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The scheduler. */
final class SchedulerBeans {

    @Produces
    @Singleton
    SchedulerStreams scheduler(
            BuildServiceConfig config,
            EventWriter writer,
            StageSpans spans,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        BuildServiceConfig.Scheduler settings = config.scheduler();
        Patience patience = new Patience(settings.silence(), settings.unheard(), settings.memory());
        return new SchedulerStreams(
                SchedulerTopology.of(writer, spans, patience),
                new SchedulerStreams.Settings(bootstrapServers, config.instance(), settings.stateDirectory()));
    }
}
