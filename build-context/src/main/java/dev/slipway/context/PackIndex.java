package dev.slipway.context;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** Lists a pack: where each file starts, and the digest of its content. */
final class PackIndex {
    private PackIndex() {}

    static List<ContextEntry> of(Descriptor pack, byte[] content) {
        List<ContextEntry> entries = new ArrayList<>();
        try (TarFile tar = new TarFile(content)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                entries.add(entry(pack, content, entry));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ContextException(
                    ContextException.Kind.INVALID,
                    "pack %s of the context is no tar: %s".formatted(pack.digest(), e),
                    e);
        }
        return List.copyOf(entries);
    }

    private static ContextEntry entry(Descriptor pack, byte[] content, TarArchiveEntry entry) {
        String name = entry.getName();
        int mode = entry.getMode() & 07777;
        if (entry.isDirectory()) {
            return new ContextEntry.Directory(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, mode);
        }
        if (entry.isSymbolicLink()) {
            return new ContextEntry.Link(name, entry.getLinkName());
        }
        if (!entry.isFile() || entry.isLink()) {
            throw ContextEntries.invalid("'%s' is neither file nor directory nor symbolic link".formatted(name));
        }
        long offset = entry.getDataOffset();
        if (offset < 0 || offset + entry.getSize() > content.length) {
            throw ContextEntries.invalid("'%s' is cut off".formatted(name));
        }
        MessageDigest sha256 = Digest.newSha256();
        sha256.update(content, (int) offset, (int) entry.getSize());
        return new ContextEntry.RegularFile(name, mode, entry.getSize(), Digest.ofHash(sha256), pack, offset);
    }
}
