package dev.slipway.build.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for the time of one build. */
record WorkDirectory(Path path) implements Closeable {

    static WorkDirectory create(Path parent) {
        try {
            Files.createDirectories(parent);
            return new WorkDirectory(Files.createTempDirectory(parent, "build-"));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for temporary files in " + parent, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
