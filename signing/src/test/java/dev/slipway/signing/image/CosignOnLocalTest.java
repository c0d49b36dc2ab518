package dev.slipway.signing.image;

import dev.slipway.local.registry.EmbeddedRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A registry that lists referrers by itself. */
final class CosignOnLocalTest extends CosignContract {
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.startTemporary();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String registry() {
        return registry.address();
    }
}
