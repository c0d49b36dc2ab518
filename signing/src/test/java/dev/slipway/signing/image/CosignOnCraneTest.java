package dev.slipway.signing.image;

import dev.slipway.oci.contract.DockerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A registry of others with the referrers API: go-containerregistry's. */
final class CosignOnCraneTest extends CosignContract {
    private static DockerRegistry registry;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        registry = DockerRegistry.startCraneOrSkip(data);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    String registry() {
        return registry.name();
    }
}
