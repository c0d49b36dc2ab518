package dev.slipway.oci.contract;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A registry of others on a free port of loopback: CNCF Distribution, or the one that crane brings. */
public final class DockerRegistry implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    private DockerRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one, or skips the test where it is not installed. */
    public static DockerRegistry startOrSkip(Path directory) throws IOException {
        return startOrSkip(directory, "");
    }

    /**
     * The same with more in the section {@code http} of its configuration.
     *
     * @param http in YAML's flow style, for example {@code tls: {certificate: ..., key: ...}}
     */
    public static DockerRegistry startOrSkip(Path directory, String http) throws IOException {
        Optional<Path> binary = Peer.find("docker-registry");
        Assumptions.assumeTrue(binary.isPresent(), "skipped: the peer docker-registry is not installed");
        int port = freePort();
        Path config = directory.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"%s}
                """.formatted(directory.resolve("data"), port, http.isEmpty() ? "" : ", " + http));
        Process process = new ProcessBuilder(binary.orElseThrow().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, port);
        registry.awaitPort();
        return registry;
    }

    /** Collects what no tag names, in the directory of one that was stopped. */
    public static void collectUntagged(Path directory) throws IOException {
        Path log = directory.resolve("collection");
        Process process = new ProcessBuilder(
                        Peer.find("docker-registry").orElseThrow().toString(),
                        "garbage-collect",
                        "--delete-untagged",
                        directory.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("the collection failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** go-containerregistry's, which has the referrers API; skips the test where crane is not installed. */
    public static DockerRegistry startCraneOrSkip(Path directory) throws IOException {
        Optional<Path> binary = Peer.find("crane");
        Assumptions.assumeTrue(binary.isPresent(), "skipped: the peer crane is not installed");
        int port = freePort();
        Process process = new ProcessBuilder(
                        binary.orElseThrow().toString(), "registry", "serve", "--address", "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, port);
        registry.awaitPort();
        return registry;
    }

    /** As references name it. */
    public String name() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline || waitFor(Duration.ofMillis(20))) {
                    throw new IOException("the registry did not come up on port " + port, e);
                }
            }
        }
    }

    private boolean waitFor(Duration duration) throws IOException {
        try {
            return process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
