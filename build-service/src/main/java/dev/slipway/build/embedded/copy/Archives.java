package dev.slipway.build.embedded.copy;

import dev.slipway.build.embedded.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

/** Tells archives by how they start. */
final class Archives {
    private static final int TAR_MAGIC_OFFSET = 257;
    private static final List<String> COMPRESSED = List.of("1f8b08", "425a68", "fd377a585a00", "28b52ffd");
    private static final String TAR = "7573746172";

    private Archives() {}

    /** Also for what is only compressed: what is in it would have to be read to know. */
    static boolean isArchive(Node.RegularFile file) {
        byte[] head;
        try (InputStream in = file.content().open()) {
            head = in.readNBytes(512);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a file to be added", e);
        }
        String hex = HexFormat.of().formatHex(head);
        return COMPRESSED.stream().anyMatch(hex::startsWith) || hex.startsWith(TAR, 2 * TAR_MAGIC_OFFSET);
    }
}
