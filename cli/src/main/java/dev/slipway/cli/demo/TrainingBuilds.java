package dev.slipway.cli.demo;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.Outcome;
import dev.slipway.cli.build.RunBuild;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Terminal;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Builds that show the JIT compilers of a stack in training what is hot. A cache of loaded classes keeps these profiles (JEP
 * 515), so a stack that starts from it compiles the right methods in its first builds.
 */
final class TrainingBuilds {
    private static final int BUILDS = 60;
    private static final int BUILDS_OF_A_CONTENT = 8;
    private static final int CONTENT_BYTES = 4 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final TemporaryStack stack;
    private final InstantSource clock;

    TrainingBuilds(TemporaryStack stack, InstantSource clock) {
        this.stack = stack;
        this.clock = clock;
    }

    void run() throws IOException {
        Path context = Files.createDirectories(stack.directory().resolve("train"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY content /content\n");
        BuildOptions options = BuildOptions.of(
                context,
                List.of(Reference.parseTagged(stack.options().registry(1) + "/train/content:1")),
                List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")),
                LIMIT);
        Random random = new Random(BUILDS);
        byte[] content = new byte[CONTENT_BYTES];
        for (int i = 0; i < BUILDS; i++) {
            if (i % BUILDS_OF_A_CONTENT == 0) {
                random.nextBytes(content);
                Files.write(context.resolve("content"), content);
            }
            build(options);
        }
    }

    private void build(BuildOptions options) {
        RunBuild build = new RunBuild(
                stack.gateway(), clock, "training", stack.directory().resolve("cache"), Map.of());
        try (Progress progress = Progress.of(Progress.Style.QUIET, new Terminal(NOWHERE, NOWHERE, 0), clock)) {
            Optional<Outcome> outcome = build.run(options, Optional.empty(), progress, accepted -> {})
                    .state()
                    .outcome();
            if (!(outcome.orElse(null) instanceof Outcome.Published)) {
                throw CommandFailure.unavailable("a build that trains the caches ended with " + outcome);
            }
        }
    }
}
