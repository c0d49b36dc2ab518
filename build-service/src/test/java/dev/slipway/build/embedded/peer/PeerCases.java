package dev.slipway.build.embedded.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.embedded.Builds;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;

/** Dockerfiles that both builders get, and the context of all of them. */
final class PeerCases {
    private PeerCases() {}

    /**
     * A Dockerfile.
     *
     * @param dockerfile {@code BASES} in it stands for where the base images are
     */
    record Case(String dockerfile, Platform platform) {
        @Override
        public String toString() {
            return dockerfile.strip().replace("\n", " | ");
        }
    }

    static void fill(Path context) throws IOException {
        file(context, "a.txt", "rw-r--r--", "a");
        file(context, "b.txt", "rw-------", "bb");
        file(context, "run.sh", "rwxr-x--x", "#!/bin/sh\n");
        file(context, "d/one", "rw-r--r--", "one");
        file(context, "d/sub/two", "rw-rw-rw-", "two");
        file(context, "d/sub/deep/three", "r--------", "three");
        file(context, "e/sub", "rw-r--r--", "a file where d has a directory");
        file(context, "sp ace/q[1].txt", "rw-r--r--", "q");
        file(context, "ünï", "rw-r--r--", "u");
        file(context, "p/q/r/s.txt", "rw-r--r--", "s");
        file(context, "p/t.txt", "rw-r--r--", "t");
        Files.createDirectories(context.resolve("empty"));
        Files.createSymbolicLink(context.resolve("la"), Path.of("a.txt"));
        Files.createSymbolicLink(context.resolve("ld"), Path.of("d"));
        Files.createSymbolicLink(context.resolve("d/inner"), Path.of("one"));
        Files.createSymbolicLink(context.resolve("d/up"), Path.of("../a.txt"));
        Files.createSymbolicLink(context.resolve("d/none"), Path.of("nothing/here"));
        Files.setPosixFilePermissions(context.resolve("d"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(context.resolve("d/sub"), PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static void file(Path context, String path, String mode, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    static Stream<Case> built() {
        return Stream.of("config.txt", "copy.txt", "flags.txt", "on-base.txt", "stages.txt")
                .flatMap(PeerCases::cases);
    }

    static Stream<Case> refused() {
        return cases("refused.txt");
    }

    /** Cases are apart by an empty line. A first line that is a comment names the platform. */
    private static Stream<Case> cases(String resource) {
        return Stream.of(text(resource).strip().split("\n\n"))
                .map(dockerfile -> new Case(
                        dockerfile,
                        dockerfile.startsWith("# linux/")
                                ? Platform.parse(dockerfile
                                        .lines()
                                        .findFirst()
                                        .orElseThrow()
                                        .substring(2))
                                : Builds.AMD64));
    }

    private static String text(String resource) {
        try (InputStream in = PeerCases.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
