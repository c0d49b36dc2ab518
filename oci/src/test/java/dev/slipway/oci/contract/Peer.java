package dev.slipway.oci.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A tool of somebody else's that judges ours, found on the path or where contributors' peers are installed. */
public final class Peer {
    private static final String INSTALLED = "/opt/peers/usr/bin";

    private final Path binary;

    private Peer(Path binary) {
        this.binary = binary;
    }

    /** A peer by its name; the test is skipped where it is not installed. */
    public static Peer orSkip(String name) {
        Optional<Path> binary = find(name);
        Assumptions.assumeTrue(binary.isPresent(), () -> "skipped: the peer " + name + " is not installed");
        return new Peer(binary.orElseThrow());
    }

    static Optional<Path> find(String name) {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.concat(path, Stream.of(INSTALLED))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs it to its end, which must be a good one, and gives all that it printed. */
    public String run(String... arguments) throws IOException {
        return run(Map.of(), arguments);
    }

    /** The same with more in its environment. */
    public String run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + binary);
        }
        return output;
    }
}
