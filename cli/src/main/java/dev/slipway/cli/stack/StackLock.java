package dev.slipway.cli.stack;

import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/** Held while a stack is changed, so that two commands never start it twice. */
final class StackLock implements AutoCloseable {
    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    static StackLock take(StackHome home) {
        home.create();
        try {
            FileChannel channel =
                    FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw CommandFailure.unavailable(
                        "another 'slipway up' or 'down' is at work in %s: wait for it".formatted(home.directory()));
            }
            return new StackLock(channel);
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot lock %s: %s".formatted(home.lockFile(), e));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot release the lock of the stack: " + e);
        }
    }
}
