package dev.slipway.build.wiring;

import dev.slipway.build.ImageRepositories;
import dev.slipway.build.staging.RegistryImageRepositories;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Registries. */
final class RegistryBeans {

    @Produces
    @Singleton
    RegistryClient registries() {
        return new RegistryClient();
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
    ImageRepositories images(RegistryClient registries) {
        return new RegistryImageRepositories(registries);
    }
}
