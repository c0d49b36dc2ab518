package dev.slipway.push;

import dev.slipway.oci.RepositoryName;

/** The fake that the tests of the core use keeps the contract of the real ones. */
final class InMemoryRegistriesTest extends TargetRegistryContract {
    private final InMemoryRegistries registries = new InMemoryRegistries();

    @Override
    protected TargetRegistry open(String repository) {
        return registries.open(new RepositoryName("a.test", repository));
    }
}
