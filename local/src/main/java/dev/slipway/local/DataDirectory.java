package dev.slipway.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory of all state, for as long as this process alone has it. The system frees it when the process dies. */
record DataDirectory(FileLock lock) implements AutoCloseable {

    static DataDirectory open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("%s is in use by another process".formatted(directory));
        }
        return new DataDirectory(lock);
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
