package dev.slipway.cli.options;

import dev.slipway.cli.report.Terminal;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** What a command knows of the world around its process. */
public record Context(Terminal terminal, Map<String, String> environment, Path workingDirectory, InstantSource clock) {

    public static Context ofProcess() {
        return new Context(Terminal.ofProcess(), System.getenv(), Path.of("").toAbsolutePath(), InstantSource.system());
    }

    /** Registries as the user reaches them, with the credentials that he has. */
    public RegistryClient registries() {
        Path home = Path.of(System.getProperty("user.home"));
        return new RegistryClient(Checked.option("SLIPWAY_REGISTRIES", () -> RegistryOptions.ofUser(environment, home))
                .build());
    }
}
