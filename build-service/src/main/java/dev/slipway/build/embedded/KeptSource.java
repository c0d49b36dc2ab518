package dev.slipway.build.embedded;

import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Content that is fetched when it is first opened, and kept in a file. */
final class KeptSource implements BlobSource {
    private final BlobSource content;
    private final Path file;
    private boolean kept;

    KeptSource(BlobSource content, Path file) {
        this.content = content;
        this.file = file;
    }

    @Override
    public synchronized InputStream open() throws IOException {
        if (!kept) {
            // another path may have the same content: whoever is first wins, and nobody reads half of it
            Path part = Files.createTempFile(file.getParent(), "part-", null);
            try {
                try (InputStream in = content.open();
                        OutputStream out = Files.newOutputStream(part)) {
                    in.transferTo(out);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            kept = true;
        }
        return Files.newInputStream(file);
    }
}
