package dev.slipway.it;

import dev.slipway.local.registry.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A registry of others on a free port: CNCF Distribution where it is installed, else the embedded one in its place. */
final class DistributionRegistry implements AutoCloseable {
    private final String address;
    private final AutoCloseable running;

    private DistributionRegistry(String address, AutoCloseable running) {
        this.address = address;
        this.running = running;
    }

    static DistributionRegistry startOrEmbedded() {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "docker-registry"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.out.println("docker-registry is not installed (tools/peers core): the embedded registry stands in");
            EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
            return new DistributionRegistry(registry.address(), registry);
        }
        return start(program.get());
    }

    /** The one that crane brings; skips the test where crane is not installed. */
    static DistributionRegistry startCrane() {
        String crane = Peers.require("crane");
        try {
            int port = Ports.free(1).get(0);
            Process process = new ProcessBuilder(crane, "registry", "serve", "--address", "127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Eventually.get(Duration.ofSeconds(20), () -> isOpen(port), up -> up);
            return new DistributionRegistry("127.0.0.1:" + port, process::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static DistributionRegistry start(Path program) {
        try {
            int port = Ports.free(1).get(0);
            Path directory = Files.createTempDirectory("distribution");
            Path config =
                    Files.writeString(directory.resolve("config.yml"), """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                    http: {addr: '127.0.0.1:%d'}
                    """.formatted(directory.resolve("data"), port));
            Process process = new ProcessBuilder(program.toString(), "serve", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            Eventually.get(Duration.ofSeconds(20), () -> answers(port), up -> up);
            return new DistributionRegistry("127.0.0.1:" + port, process::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(int port) {
        try {
            return Http.json("http://127.0.0.1:%d/v2/".formatted(port)).isPresent();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
