package dev.slipway.cli;

import dev.slipway.cli.report.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** What a command knows of the world around its process. */
record Context(Terminal terminal, Map<String, String> environment, Path workingDirectory, InstantSource clock) {

    static Context ofProcess() {
        return new Context(Terminal.ofProcess(), System.getenv(), Path.of("").toAbsolutePath(), InstantSource.system());
    }
}
