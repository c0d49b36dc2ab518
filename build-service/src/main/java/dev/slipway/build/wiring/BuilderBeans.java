package dev.slipway.build.wiring;

import dev.slipway.build.ImageBuilder;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.embedded.EmbeddedBuilder;
import dev.slipway.context.ContextReader;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Builders: one producer for each. */
final class BuilderBeans {

    @Produces
    @Singleton
    ImageBuilder embedded(
            BuildServiceConfig config, ContextReader contexts, StagingRepository staging, ImageRepositories images) {
        return new EmbeddedBuilder(
                contexts, staging.store(), images, config.worker().directory());
    }

    void close(@Disposes ImageBuilder builder) throws IOException {
        if (builder instanceof EmbeddedBuilder embedded) {
            embedded.close();
        }
    }
}
