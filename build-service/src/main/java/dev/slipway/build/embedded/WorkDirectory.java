package dev.slipway.build.embedded;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A directory for the time of one build. */
final class WorkDirectory implements Closeable {
    private final Path path;
    private final Map<Digest, KeptSource> kept = new ConcurrentHashMap<>();

    private WorkDirectory(Path path) {
        this.path = path;
    }

    static WorkDirectory create(Path parent) {
        try {
            Files.createDirectories(parent);
            return new WorkDirectory(Files.createTempDirectory(parent, "build-"));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for temporary files in " + parent, e);
        }
    }

    Path path() {
        return path;
    }

    /** Content that is fetched once at most, whatever it is opened for, as long as this is open. */
    BlobSource keep(Digest digest, BlobSource content) {
        return kept.computeIfAbsent(digest, key -> new KeptSource(content, path));
    }

    @Override
    public void close() throws IOException {
        kept.values().forEach(KeptSource::close);
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
