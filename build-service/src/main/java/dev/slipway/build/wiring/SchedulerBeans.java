package dev.slipway.build.wiring;

import dev.slipway.build.queue.Patience;
import dev.slipway.build.scheduler.SchedulerStreams;
import dev.slipway.build.scheduler.SchedulerTopology;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.tracing.StageSpans;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The scheduler. */
final class SchedulerBeans {

    @Produces
    @Singleton
    SchedulerStreams scheduler(
            BuildServiceConfig config, EventWriter writer, StageSpans spans, KafkaAccess kafka, Meters meters) {
        BuildServiceConfig.Scheduler settings = config.scheduler();
        Patience patience = new Patience(settings.silence(), settings.unheard(), settings.busy(), settings.memory());
        SchedulerStreams streams = new SchedulerStreams(
                SchedulerTopology.of(writer, spans, patience),
                new SchedulerStreams.Settings(kafka.settings(), config.instance(), settings.stateDirectory()));
        meters.watchLag("scheduler", streams::metrics);
        return streams;
    }
}
