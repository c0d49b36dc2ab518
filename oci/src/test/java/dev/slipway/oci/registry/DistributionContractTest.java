package dev.slipway.oci.registry;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.ContentStoreContract;
import dev.slipway.oci.contract.DockerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the wire, with CNCF Distribution at its other end. */
class DistributionContractTest extends ContentStoreContract {
    private static DockerRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        registry = DockerRegistry.startOrSkip(directory);
        client = new RegistryClient();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Override
    protected ContentStore store() {
        return client.repository(new RepositoryName(registry.name(), "contract/app"));
    }

    /** Distribution 2.8 answers 400. */
    @Override
    protected boolean deletesTags() {
        return false;
    }
}
