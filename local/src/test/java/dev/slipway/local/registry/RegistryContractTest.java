package dev.slipway.local.registry;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.ContentStoreContract;
import dev.slipway.oci.registry.RegistryClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What every content store must do, done by this registry through the project's own client. */
class RegistryContractTest extends ContentStoreContract {
    private static EmbeddedRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.startTemporary();
        client = new RegistryClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    @Override
    protected ContentStore store() {
        return client.repository(new RepositoryName(registry.address(), "contract/app"));
    }
}
