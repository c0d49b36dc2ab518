package dev.slipway.local.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Files that are there whole or not at all, whenever this process is killed. (Power loss is another matter: nothing is
 * forced to the disk.)
 *
 * @param scratch a directory on the same file system as all targets; what a killed process left there may be deleted
 */
public record AtomicFile(Path scratch) {

    public AtomicFile {
        scratch = scratch.toAbsolutePath();
    }

    /** A name that nobody else has. */
    public Path temporary() {
        return scratch.resolve(UUID.randomUUID().toString());
    }

    public void write(Path target, byte[] content) throws IOException {
        Path temporary = temporary();
        Files.write(temporary, content);
        moveTo(target, temporary);
    }

    /** Gives a finished file its name, and replaces what had that name. */
    public void moveTo(Path target, Path temporary) throws IOException {
        Files.createDirectories(target.getParent());
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
