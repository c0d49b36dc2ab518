package dev.slipway.local.registry.store;

import dev.slipway.local.files.AtomicFile;
import dev.slipway.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** All repositories of one registry. One process at a time may have a directory open. */
public final class RegistryStore {
    private static final int STRIPES = 64;

    private final Layout layout;
    private final AtomicFile files;
    private final ContentFiles contents;
    private final Uploads uploads;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    private RegistryStore(Layout layout, Clock clock) {
        this.layout = layout;
        this.files = new AtomicFile(layout.scratch());
        this.contents = new ContentFiles(layout, files);
        this.uploads = new Uploads(clock);
    }

    /** Opens a directory, makes it when it is not there, and deletes from it what no repository has any more. */
    public static RegistryStore open(Path root, Clock clock) throws IOException {
        Layout layout = new Layout(root.toAbsolutePath());
        Files.createDirectories(layout.contents());
        Files.createDirectories(layout.repositories());
        Files.createDirectories(layout.scratch());
        new Sweep(layout, clock).run();
        return new RegistryStore(layout, clock);
    }

    /** A repository, whether it has anything or not. */
    public Repository repository(RepositoryName name) {
        return new Repository(
                layout.repository(name.path()),
                contents,
                files,
                uploads,
                locks.get(Math.floorMod(name.path().hashCode(), STRIPES)));
    }
}
