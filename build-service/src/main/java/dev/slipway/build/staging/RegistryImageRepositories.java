package dev.slipway.build.staging;

import dev.slipway.build.ImageRepositories;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;

/** Repositories of base images, wherever their names say, or on a mirror. */
public final class RegistryImageRepositories implements ImageRepositories {
    private final RegistryClient registries;

    public RegistryImageRepositories(RegistryClient registries) {
        this.registries = registries;
    }

    @Override
    public ContentStore open(RepositoryName repository) {
        return registries.pulling(repository);
    }
}
