package dev.slipway.build.wiring;

import dev.slipway.build.BuildException;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.kafka.planner.PlanStage;
import dev.slipway.build.kafka.planner.RequestTranslation;
import dev.slipway.build.plan.PlanBuild;
import dev.slipway.build.staging.StagedBuildContexts;
import dev.slipway.build.staging.StagedPlanDocuments;
import dev.slipway.context.ContextReader;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The planner. */
final class PlannerBeans {

    /** Where no builder brings an inspector, every build is rejected with the reason; none is left without an end. */
    @Produces
    @Singleton
    @DefaultBean
    DockerfileInspector withoutBuilder() {
        return (dockerfile, options) -> {
            throw BuildException.permanent(
                    BuildException.Reason.OPTION_UNSUPPORTED,
                    "build-service has no builder that could build '%s'".formatted(options.file()));
        };
    }

    @Produces
    @Singleton
    PlanStage planStage(
            StagingRepository staging,
            ContextReader contexts,
            DockerfileInspector dockerfiles,
            ImageRepositories images,
            EventPublisher publisher) {
        RegistryRepository store = staging.store();
        PlanBuild planner = new PlanBuild(new StagedBuildContexts(contexts), dockerfiles, images);
        return new PlanStage(
                planner, new StagedPlanDocuments(store), new RequestTranslation(staging.name()), publisher);
    }
}
