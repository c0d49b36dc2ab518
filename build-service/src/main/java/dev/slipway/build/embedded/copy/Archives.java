package dev.slipway.build.embedded.copy;

import dev.slipway.build.embedded.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Tells archives by how they start. */
final class Archives {
    private static final List<String> COMPRESSED = List.of("1f8b08", "425a68", "fd377a585a00", "28b52ffd");
    private static final int TAR_HEADER = 512;

    private Archives() {}

    /** Also for what is only compressed: what is in it would have to be read to know. */
    static boolean isArchive(Node.RegularFile file) {
        byte[] head;
        try (InputStream in = file.content().open()) {
            head = in.readNBytes(TAR_HEADER);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a file to be added", e);
        }
        String hex = HexFormat.of().formatHex(head);
        return COMPRESSED.stream().anyMatch(hex::startsWith)
                || (head.length == TAR_HEADER && TarUtils.verifyCheckSum(head));
    }
}
