package dev.slipway.build.tool;

import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextEntry;
import dev.slipway.context.ContextEntry.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Writes a context to the disk, for programs that take nothing else. */
final class ContextDirectory {
    private static final String MODE = "unix:mode";
    private static final FileTime TIME = FileTime.from(Instant.EPOCH);

    private ContextDirectory() {}

    /** The entries come in the order of their paths, so that a directory comes before what is in it. */
    static void write(BuildContext context, Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, ContextEntry> entries = context.entries();
        for (ContextEntry entry : entries.values()) {
            Path path = directory.resolve(entry.path());
            if (!path.normalize().startsWith(directory)) {
                throw new IOException("'%s' leads out of the context".formatted(entry.path()));
            }
            switch (entry) {
                case ContextEntry.Directory ignored -> Files.createDirectories(path);
                case ContextEntry.Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
                case RegularFile file -> {
                    try (InputStream in = context.open(file)) {
                        Files.copy(in, path);
                    }
                }
            }
        }
        // last, since a directory may be one that nothing can be written into
        for (ContextEntry entry : entries.values()) {
            Path path = directory.resolve(entry.path());
            switch (entry) {
                case ContextEntry.Directory found -> Files.setAttribute(path, MODE, found.mode());
                case RegularFile file -> {
                    Files.setAttribute(path, MODE, file.mode());
                    Files.setLastModifiedTime(path, TIME);
                }
                case ContextEntry.Link ignored -> {}
            }
        }
    }
}
