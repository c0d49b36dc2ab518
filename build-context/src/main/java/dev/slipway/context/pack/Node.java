package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Something in the directory, as it was when it was looked at.
 *
 * @param path relative to the root, with slashes
 * @param mode permission bits with setuid, setgid and sticky
 * @param link target of a symbolic link, else empty
 * @param changedNanos of the inode: unlike the modification time, nobody can set it
 */
record Node(
        String path, Kind kind, int mode, long size, String link, long modifiedNanos, long changedNanos, long inode) {

    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /** Socket, FIFO or device. */
        SPECIAL
    }

    private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";

    private static final int TYPE = 0170000;

    static Node of(String path, Path file, LinkOption... options) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES, options);
            int mode = attribute(attributes, "mode", Integer.class);
            Kind kind = switch (mode & TYPE) {
                case 0100000 -> Kind.FILE;
                case 0040000 -> Kind.DIRECTORY;
                case 0120000 -> Kind.LINK;
                default -> Kind.SPECIAL;
            };
            return new Node(
                    path,
                    kind,
                    mode & 07777,
                    kind == Kind.FILE ? attribute(attributes, "size", Long.class) : 0,
                    kind == Kind.LINK ? Files.readSymbolicLink(file).toString() : "",
                    nanos(attribute(attributes, "lastModifiedTime", FileTime.class)),
                    nanos(attribute(attributes, "ctime", FileTime.class)),
                    attribute(attributes, "ino", Long.class));
        } catch (IOException e) {
            throw new ContextException(
                    ContextException.Kind.UNREADABLE, "cannot look at '%s' of the context: %s".formatted(path, e), e);
        }
    }

    private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    boolean sameStateAs(Node other) {
        return size == other.size
                && modifiedNanos == other.modifiedNanos
                && changedNanos == other.changedNanos
                && inode == other.inode;
    }
}
