package dev.slipway.build.wiring;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.kafka.planner.PlanStage;
import dev.slipway.build.kafka.planner.RequestTranslation;
import dev.slipway.build.kafka.planner.WorkersHeard;
import dev.slipway.build.plan.PlanBuild;
import dev.slipway.build.stages.InspectStages;
import dev.slipway.build.staging.StagedBuildContexts;
import dev.slipway.build.staging.StagedPlanDocuments;
import dev.slipway.context.ContextReader;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.kafka.LogConsumers;
import dev.slipway.oci.registry.RegistryRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The planner. */
final class PlannerBeans {

    @Produces
    @Singleton
    DockerfileInspector dockerfiles() {
        return new InspectStages();
    }

    @Produces
    @Singleton
    WorkersHeard workers(LogConsumers consumers, BuildServiceConfig config, Clock clock) {
        return new WorkersHeard(
                consumers, clock, config.planner().patience(), config.planner().memory());
    }

    @Produces
    @Singleton
    PlanStage planStage(
            BuildServiceConfig config,
            StagingRepository staging,
            ContextReader contexts,
            DockerfileInspector dockerfiles,
            ImageRepositories images,
            WorkersHeard workers,
            EventPublisher publisher) {
        RegistryRepository store = staging.store();
        PlanBuild planner = new PlanBuild(
                new StagedBuildContexts(contexts),
                dockerfiles,
                images,
                workers,
                new AllowedFrontends(config.builders().frontends().orElse(List.of())));
        return new PlanStage(
                planner,
                new StagedPlanDocuments(store),
                new RequestTranslation(staging.name(), config.signing()),
                publisher);
    }
}
