package dev.slipway.cli.stack;

import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The directory with everything a stack leaves on disk: {@code $SLIPWAY_HOME}, by default {@code ~/.slipway}. */
public record StackHome(Path directory) {

    public StackHome {
        directory = directory.toAbsolutePath().normalize();
    }

    public static StackHome of(Map<String, String> environment) {
        String told = environment.getOrDefault("SLIPWAY_HOME", "");
        return new StackHome(told.isEmpty() ? Path.of(System.getProperty("user.home"), ".slipway") : Path.of(told));
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Path log(String process) {
        return directory.resolve("logs").resolve(process + ".log");
    }

    Path stateFile() {
        return directory.resolve("stack.json");
    }

    Path lockFile() {
        return directory.resolve("stack.lock");
    }

    void create() {
        try {
            Files.createDirectories(directory.resolve("logs"));
            Files.createDirectories(data());
        } catch (IOException e) {
            throw CommandFailure.unavailable(
                    "cannot create %s, the directory for the stack's data (SLIPWAY_HOME): %s".formatted(directory, e));
        }
    }
}
