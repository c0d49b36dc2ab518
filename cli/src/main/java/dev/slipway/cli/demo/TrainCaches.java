package dev.slipway.cli.demo;

import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.stack.StackListener;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the caches of loaded classes from which every JVM of Slipway starts: runs the real stack and real builds, each
 * JVM recording what it loads and what of it is hot, in the layout in which they will run.
 */
public final class TrainCaches {
    private static final int BUILD_LIMIT_SECONDS = 120;
    private static final String CLI = "cli";

    private final Installation installation;
    private final StackListener listener;

    public TrainCaches(Installation installation, StackListener listener) {
        this.installation = installation;
        this.listener = listener;
    }

    public void train() {
        try {
            Path next = installation.aotDirectory().resolveSibling("aot.next");
            Files.createDirectories(next);
            Installation training = installation.withAotDirectory(next);
            try (TemporaryStack stack = TemporaryStack.start(training, ClassCaches.TRAIN, listener)) {
                build(training, stack);
                new TrainingBuilds(stack, InstantSource.system()).run();
            }
            Files.createDirectories(installation.aotDirectory());
            try (DirectoryStream<Path> caches = Files.newDirectoryStream(next, "*.aot")) {
                for (Path cache : caches) {
                    Files.move(
                            cache,
                            installation.aotDirectory().resolve(cache.getFileName()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot write the caches of loaded classes: " + e);
        }
    }

    /** The command line in a process of its own, since its cache is written when it ends. */
    private static void build(Installation installation, TemporaryStack stack) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                installation.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:AOTCacheOutput=" + installation.aotCache(CLI),
                "-cp",
                installation.jar(CLI).toString(),
                "dev.slipway.cli.Main",
                "build",
                installation.root().resolve("examples/hello").toString(),
                "--platform",
                "linux/amd64,linux/arm64",
                "--gateway",
                stack.options().gatewayUrl()));
        for (int i = 0; i < stack.options().registryPorts().size(); i++) {
            command.addAll(List.of("-t", stack.options().registry(i) + "/train/hello:1"));
        }
        Path log = stack.directory().resolve("logs/cli.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SLIPWAY_HOME", stack.directory().toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(BUILD_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw CommandFailure.unavailable("the build that trains the caches failed:%n%s"
                        .formatted(Files.readString(log).indent(2)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
