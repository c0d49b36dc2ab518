package dev.slipway.cli.demo;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.process.Ports;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.stack.Stack;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackListener;
import dev.slipway.cli.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stack with two registries, on free ports and in a directory of its own, that leaves nothing behind: it is taken down when
 * it is closed, and also when Ctrl-C ends the process.
 */
public final class TemporaryStack implements AutoCloseable {
    private final StackHome home;
    private final StackOptions options;
    private final Stack stack;
    private final Thread hook = new Thread(this::remove, "take down");

    private TemporaryStack(StackHome home, StackOptions options, Stack stack) {
        this.home = home;
        this.options = options;
        this.stack = stack;
    }

    public static TemporaryStack start(Installation installation, ClassCaches caches, StackListener listener) {
        List<Integer> ports = Ports.free(5);
        StackOptions options = new StackOptions(
                Optional.empty(),
                Optional.empty(),
                ports.get(0),
                List.of(ports.get(1), ports.get(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ports.get(3),
                ports.get(4),
                StackOptions.Builders.NONE,
                StackOptions.Clusters.NONE);
        StackHome home = new StackHome(temporaryDirectory());
        TemporaryStack started = new TemporaryStack(home, options, new Stack(installation, home, caches, listener));
        Runtime.getRuntime().addShutdownHook(started.hook);
        try {
            started.stack.up(options);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    public StackOptions options() {
        return options;
    }

    public Path directory() {
        return home.directory();
    }

    public Gateway gateway() {
        return new Gateway(URI.create(options.gatewayUrl()));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook does it
        }
        remove();
    }

    private void remove() {
        stack.down();
        try (Stream<Path> files = Files.walk(home.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot remove %s: %s".formatted(home.directory(), e));
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("slipway-");
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot make a directory for a temporary stack: " + e);
        }
    }
}
