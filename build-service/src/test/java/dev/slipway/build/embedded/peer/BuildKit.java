package dev.slipway.build.embedded.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A BuildKit daemon of our own, ended with {@link #close}. */
public final class BuildKit implements AutoCloseable {
    private static final long READY_SECONDS = 60;
    private static final long BUILD_SECONDS = 60;

    /**
     * How a build ended.
     *
     * @param layout an image layout; null where BuildKit refused
     * @param log what BuildKit printed
     */
    public record Outcome(@Nullable Path layout, String log) {}

    private final Process daemon;
    private final String address;
    private final Path buildctl;
    private final Path directory;
    private int builds;

    private BuildKit(Process daemon, String address, Path buildctl, Path directory) {
        this.daemon = daemon;
        this.address = address;
        this.buildctl = buildctl;
        this.directory = directory;
    }

    /**
     * Starts a daemon, or skips the test.
     *
     * @param directory for everything, empty
     * @param registry host and port that is spoken to in plain HTTP
     */
    public static BuildKit startOrSkip(Path directory, String registry) throws IOException {
        Path buildkitd = peer("buildkitd");
        Path buildctl = peer("buildctl");
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "skipped: buildkitd is here but needs root");
        Path config = Files.writeString(
                directory.resolve("buildkitd.toml"), "[registry.\"%s\"]\n  http = true\n".formatted(registry));
        String address = "unix://" + directory.resolve("bk.sock");
        Path log = directory.resolve("log");
        Process daemon = new ProcessBuilder(
                        buildkitd.toString(),
                        "--config=" + config,
                        "--addr=" + address,
                        "--root=" + directory.resolve("root"),
                        "--oci-worker-snapshotter=native",
                        "--containerd-worker=false")
                .redirectErrorStream(true)
                .start();
        BuildKit started = new BuildKit(daemon, address, buildctl, directory);
        try {
            started.awaitReady(log);
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Path peer(String name) {
        Optional<Path> found = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "skipped: the peer '%s' is not on PATH".formatted(name));
        return found.orElseThrow();
    }

    /** Reads what the daemon prints until it serves; a thread reads on, so that it never blocks. */
    private void awaitReady(Path log) throws IOException {
        var alarm = daemon.onExit().completeOnTimeout(daemon, READY_SECONDS, TimeUnit.SECONDS);
        var _ = alarm.thenAccept(Process::destroyForcibly);
        BufferedReader out = daemon.inputReader(UTF_8);
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            printed.append(line).append('\n');
            if (line.contains("running server on")) {
                alarm.cancel(false);
                Thread.ofVirtual().start(() -> drain(out, log));
                return;
            }
        }
        throw new IllegalStateException("buildkitd did not start:\n" + printed);
    }

    private static void drain(BufferedReader out, Path log) {
        try (Writer to = Files.newBufferedWriter(log)) {
            out.transferTo(to);
        } catch (IOException e) {
            // the daemon has ended, or its directory is gone
            return;
        }
    }

    /**
     * Builds without using anything built before.
     *
     * @param options of the frontend, as {@code platform}
     */
    public Outcome build(Path context, Path dockerfile, Map<String, String> options)
            throws IOException, InterruptedException {
        Path layout = directory.resolve("build-" + ++builds);
        List<String> command = new ArrayList<>(List.of(
                buildctl.toString(),
                "--addr=" + address,
                "build",
                "--progress=plain",
                "--frontend=dockerfile.v0",
                "--local=context=" + context,
                "--local=dockerfile=" + dockerfile.getParent(),
                "--opt=filename=" + dockerfile.getFileName(),
                "--output=type=oci,tar=false,dest=" + layout));
        options.forEach((key, value) -> command.add("--opt=" + key + "=" + value));
        Path log = directory.resolve("log-" + builds);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("buildctl did not end: " + Files.readString(log));
        }
        return new Outcome(process.exitValue() == 0 ? layout : null, Files.readString(log));
    }

    @Override
    public void close() {
        daemon.destroy();
        try {
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                daemon.destroyForcibly();
            }
        } catch (InterruptedException e) {
            daemon.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteRoot();
    }

    /** Here and not by JUnit, which warns of every link in it. */
    private void deleteRoot() {
        try (var walk = Files.walk(directory.resolve("root"))) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
