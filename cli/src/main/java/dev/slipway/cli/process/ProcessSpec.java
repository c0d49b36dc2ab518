package dev.slipway.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How to start a process of the stack, and how to see that it is ready.
 *
 * @param jvmOptions before the class path
 * @param program {@code -cp}, a jar and its main class, or {@code -jar} and a jar
 * @param ports it listens on
 * @param secrets variables of the environment that hold secrets and that it needs; no other process sees them
 * @param healthPort where {@code readyPath} is asked
 */
public record ProcessSpec(
        String name,
        List<String> jvmOptions,
        List<String> program,
        List<String> arguments,
        List<WantedPort> ports,
        int healthPort,
        String readyPath,
        Path log,
        Set<String> secrets) {

    /** A port that somebody chose, with what to say when it is taken. */
    public record WantedPort(int number, String purpose, String option) {}

    public ProcessSpec {
        jvmOptions = List.copyOf(jvmOptions);
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
        ports = List.copyOf(ports);
        secrets = Set.copyOf(secrets);
    }

    Path jar() {
        return Path.of(program.get(1));
    }

    public String readyUrl() {
        return "http://127.0.0.1:" + healthPort + readyPath;
    }
}
