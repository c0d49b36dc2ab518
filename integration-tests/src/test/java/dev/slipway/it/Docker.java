package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Docker engine of this machine, by its command line. */
final class Docker {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String program;

    private Docker(String program) {
        this.program = program;
    }

    /** Skips the test where there is none that this user may use. */
    static Docker require() {
        Docker docker = new Docker(Peers.require("docker"));
        Command version = docker.run("version", "--format", "{{.Server.Version}}");
        assumeTrue(version.exitCode() == 0, () -> "skipped: no Docker engine answers: " + version.err());
        return docker;
    }

    /** Starts a container on this machine's network: not root, nothing to write to but /tmp, no privileges. */
    Container start(String image, Map<String, String> environment) {
        List<String> words = new ArrayList<>(
                List.of("run", "--detach", "--network", "host", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"));
        words.addAll(List.of("--security-opt", "no-new-privileges"));
        environment.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
        words.add(image);
        Command run = run(words.toArray(String[]::new));
        if (run.exitCode() != 0) {
            throw new AssertionError("docker run %s: %s".formatted(image, run.printed()));
        }
        return new Container(this, run.out().strip());
    }

    private Command run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(List.of(arguments));
        return Command.run(Stack.ROOT, Map.of(), LIMIT, words);
    }

    /** One that runs until it is closed. */
    record Container(Docker docker, String id) implements AutoCloseable {

        /** What it has printed, or how it was configured, in the words of the command line. */
        Command ask(String command, String... arguments) {
            List<String> words = new ArrayList<>(List.of(command));
            words.addAll(List.of(arguments));
            words.add(id);
            return docker.run(words.toArray(String[]::new));
        }

        @Override
        public void close() {
            docker.run("rm", "--force", "--volumes", id);
        }
    }
}
