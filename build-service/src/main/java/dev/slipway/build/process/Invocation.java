package dev.slipway.build.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program with its arguments.
 *
 * @param command the program, by path or by a name on PATH, and its arguments; no shell reads them
 * @param environment all of it: nothing is inherited
 * @param directory it starts in
 */
public record Invocation(List<String> command, Map<String, String> environment, Path directory) {
    public Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command has a program at least");
        }
    }

    String program() {
        return command.getFirst();
    }
}
