package dev.slipway.cli.selfbuild;

import dev.slipway.cli.process.Installation;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The contexts of the services' images. Each lies as a module of an installation does, so that the services can be run, and
 * their class caches trained, from the very files that the images will have.
 */
final class ServiceContexts {
    static final List<String> SERVICES =
            List.of("gateway", "build-service", "manifest-service", "push-service", "warmup-service");

    /** The embedded builder gives every file this time, and a class cache is of jars of one time. */
    private static final FileTime TIME = FileTime.from(Instant.EPOCH);

    private final Installation installation;
    private final Path root;

    ServiceContexts(Installation installation, Path root) {
        this.installation = installation;
        this.root = root;
    }

    Path context(String service) {
        return root.resolve(service).resolve("target");
    }

    /** Copies the application, and makes an empty directory of class caches for each platform. */
    void write(String service, List<Platform> platforms) throws IOException {
        Path context = context(service);
        Path application =
                Objects.requireNonNull(installation.application(service).getParent());
        Files.createDirectories(context);
        copy(application, context.resolve("quarkus-app"));
        for (Platform platform : platforms) {
            Files.createDirectories(context.resolve("aot").resolve(platform.architecture()));
        }
    }

    /** An installation of the written contexts on another Java; what runs beside the services is where it always was. */
    Installation on(Path java) throws IOException {
        for (String other : List.of("cli", "local", "examples")) {
            Files.createSymbolicLink(root.resolve(other), installation.root().resolve(other));
        }
        return new Installation(root, java, root.resolve("aot"));
    }

    /** Moves what was trained to where the image of this machine's architecture takes it from. */
    void takeCache(Installation trained, String service) throws IOException {
        Files.move(
                trained.aotCache(service),
                context(service)
                        .resolve("aot")
                        .resolve(Platform.host().architecture())
                        .resolve("classes.aot"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                    Files.setLastModifiedTime(copy, TIME);
                }
            }
        }
    }
}
