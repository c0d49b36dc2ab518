package dev.slipway.local.registry.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Deletes files that a killed process left unfinished, uploads that nobody goes on with, and content that no repository
 * links to. Only before the registry serves: a link may be about to come at any other time.
 */
record Sweep(Layout layout, Clock clock) {

    void run() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(layout.scratch())) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
        Links links = new Links(layout.repositories(), clock.instant().minus(Uploads.PATIENCE));
        Files.walkFileTree(layout.repositories(), links);
        Files.walkFileTree(layout.contents(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!links.hexDigests.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Visits the files of repositories; each path is the repository's, a kind that begins with an underscore, and a rest. */
    private static final class Links extends SimpleFileVisitor<Path> {
        final Set<String> hexDigests = new HashSet<>();
        private final Path repositories;
        private final Instant uploadsBefore;

        Links(Path repositories, Instant uploadsBefore) {
            this.repositories = repositories;
            this.uploadsBefore = uploadsBefore;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path path = repositories.relativize(file);
            int kind = 0;
            while (kind < path.getNameCount() - 1
                    && !path.getName(kind).toString().startsWith("_")) {
                kind++;
            }
            switch (path.getName(kind).toString()) {
                case "_blobs", "_manifests" -> hexDigests.add(file.getFileName().toString());
                case "_uploads" -> deleteAbandoned(file, attributes);
                case "_referrers" -> deleteOrphan(file, path, kind);
                default -> {}
            }
            return FileVisitResult.CONTINUE;
        }

        private void deleteAbandoned(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.lastModifiedTime().toInstant().isBefore(uploadsBefore)) {
                Files.delete(file);
            }
        }

        /** An entry ends with the digest of the referrer, which may have been deleted. */
        private void deleteOrphan(Path file, Path path, int kind) throws IOException {
            int end = path.getNameCount();
            Path manifest = repositories
                    .resolve(path.subpath(0, kind))
                    .resolve("_manifests")
                    .resolve(path.subpath(end - 2, end));
            if (!Files.exists(manifest)) {
                Files.delete(file);
            }
        }
    }
}
