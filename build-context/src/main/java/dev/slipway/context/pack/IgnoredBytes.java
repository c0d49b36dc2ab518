package dev.slipway.context.pack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up what {@code .dockerignore} saves. What cannot be looked at is not counted. */
final class IgnoredBytes extends SimpleFileVisitor<Path> {
    private long bytes;

    static long of(Path directory) throws IOException {
        IgnoredBytes visitor = new IgnoredBytes();
        Files.walkFileTree(directory, visitor);
        return visitor.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += attributes.isRegularFile() ? attributes.size() : 0;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, java.io.IOException e) {
        return FileVisitResult.CONTINUE;
    }
}
