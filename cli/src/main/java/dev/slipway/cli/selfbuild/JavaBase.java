package dev.slipway.cli.selfbuild;

import dev.slipway.cli.process.Installation;
import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The context of a base image: a Java runtime that {@code jlink} makes from the JDK at hand, and the files of the C library
 * that it needs, for the platform of this machine.
 */
final class JavaBase {
    private static final String MODULES =
            "java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,"
                    + "java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,"
                    + "jdk.naming.dns,jdk.unsupported,jdk.zipfs";

    private final Installation installation;
    private final Path directory;

    JavaBase(Installation installation, Path directory) {
        this.installation = installation;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** The executable of the runtime, which runs here too. */
    Path java() {
        return runtime().resolve("bin/java");
    }

    private Path runtime() {
        return directory.resolve("rootfs/opt/java");
    }

    void write() throws IOException {
        Path jlink = installation.java().resolveSibling("jlink");
        if (!Files.isExecutable(jlink)) {
            throw CommandFailure.unavailable(
                    "%s is missing: --base-from-jdk needs a whole JDK, or name a base with --base".formatted(jlink));
        }
        Files.createDirectories(runtime().getParent());
        Files.createDirectories(directory.resolve("tmp"));
        RunProgram.output(List.of(
                jlink.toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                runtime().toString()));
        for (Path library : SharedLibraries.of(objects(), runtime())) {
            Path copy = directory.resolve("rootfs").resolve(library.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(library, copy);
        }
        Path etc = Files.createDirectories(directory.resolve("rootfs/etc"));
        Files.writeString(etc.resolve("passwd"), "nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin\n");
        Files.writeString(etc.resolve("group"), "nonroot:x:65532:\n");
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
    }

    private List<Path> objects() throws IOException {
        try (Stream<Path> files = Files.walk(runtime())) {
            return files.filter(file -> file.equals(java()) || file.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        }
    }
}
