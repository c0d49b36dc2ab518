package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of others that a test talks to where they are installed. */
final class Peers {
    private Peers() {}

    /** Skips the test, naming the peer, where it is not there. */
    static String require(String program) {
        Optional<Path> found = find(program);
        assumeTrue(
                found.isPresent(),
                () -> "skipped: the peer '%s' is not installed (tools/peers core)".formatted(program));
        return found.orElseThrow().toString();
    }

    static Optional<Path> find(String program) {
        String path = System.getenv("PATH") + ":/opt/peers/usr/bin";
        return Arrays.stream(path.split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
