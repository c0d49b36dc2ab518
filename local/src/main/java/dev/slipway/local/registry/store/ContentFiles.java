package dev.slipway.local.registry.store;

import dev.slipway.local.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes by their digest. What is here is whole; callers have verified it. */
final class ContentFiles {
    private final Layout layout;
    private final AtomicFile files;

    ContentFiles(Layout layout, AtomicFile files) {
        this.layout = layout;
        this.files = files;
    }

    Optional<StoredContent> find(ContentDigest digest) throws IOException {
        Path file = layout.content(digest);
        return Files.exists(file) ? Optional.of(new StoredContent(file, Files.size(file))) : Optional.empty();
    }

    void write(ContentDigest digest, byte[] bytes) throws IOException {
        Path target = layout.content(digest);
        if (!Files.exists(target)) {
            files.write(target, bytes);
        }
    }

    /** Takes over a file whose digest this is. */
    void adopt(Path file, ContentDigest digest) throws IOException {
        files.moveTo(layout.content(digest), file);
    }
}
