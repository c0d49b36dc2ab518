package dev.slipway.build.wiring;

import dev.slipway.build.ImageRepositories;
import dev.slipway.build.staging.RegistryImageRepositories;
import dev.slipway.context.ContextReader;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Registries. */
final class RegistryBeans {

    @Produces
    @Singleton
    RegistryClient registries(Meters meters) {
        return new RegistryClient(RegistryOptions.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .observers(meters::registry)
                .build());
    }

    void close(@Disposes RegistryClient registries) {
        registries.close();
    }

    @Produces
    @Singleton
    StagingRepository staging(BuildServiceConfig config, RegistryClient registries) {
        RepositoryName name = Reference.parse(config.staging()).repository();
        return new StagingRepository(name, registries.repository(name));
    }

    @Produces
    @Singleton
    ContextReader contexts(StagingRepository staging) {
        return new ContextReader(staging.store());
    }

    @Produces
    @Singleton
    ImageRepositories images(RegistryClient registries) {
        return new RegistryImageRepositories(registries);
    }
}
