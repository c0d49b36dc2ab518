package dev.slipway.push.registry;

import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.registry.RegistryClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** This project's own registry: it lists referrers itself and deletes tags. */
final class LocalRegistryTargetTest extends OciTargetContract {
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
    String registry() {
        return registry.address();
    }

    @Override
    RegistryClient client() {
        return client;
    }
}
