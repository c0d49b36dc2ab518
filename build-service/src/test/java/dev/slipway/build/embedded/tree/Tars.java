package dev.slipway.build.embedded.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes the tars of layers, also such as our own writer never makes. */
public final class Tars {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    public Tars() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    public Tars directory(String path, int mode) {
        return directory(path, mode, 0, 0);
    }

    public Tars directory(String path, int mode, int uid, int gid) {
        TarArchiveEntry entry = new TarArchiveEntry(path + "/");
        entry.setIds(uid, gid);
        return entry(entry, mode, "");
    }

    public Tars file(String path, String content) {
        return entry(new TarArchiveEntry(path), 0644, content);
    }

    public Tars file(String path, int mode, long uid, long gid, String content) {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setUserId(uid);
        entry.setGroupId(gid);
        return entry(entry, mode, content);
    }

    public Tars symlink(String path, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry(entry, 0777, "");
    }

    public Tars hardLink(String path, String target) {
        return hardLink(path, target, 0644);
    }

    /** As programs write it: with the mode of the file that it is. */
    public Tars hardLink(String path, String target, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
        entry.setLinkName(target);
        return entry(entry, mode, "");
    }

    public Tars device(String path) {
        return entry(new TarArchiveEntry(path, TarConstants.LF_CHR), 0644, "");
    }

    public Tars capable(String path) {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.addPaxHeader("SCHILY.xattr.security.capability", "x");
        return entry(entry, 0755, "x");
    }

    public byte[] bytes() {
        try {
            out.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies it to a tree. */
    public void to(FileTree tree) throws IOException {
        LayerListing.read(new ByteArrayInputStream(bytes()), path -> BlobSource.of(path.getBytes(UTF_8)))
                .applyTo(tree);
    }

    private Tars entry(TarArchiveEntry entry, int mode, String content) {
        byte[] data = content.getBytes(UTF_8);
        try {
            entry.setMode(mode);
            entry.setSize(data.length);
            out.putArchiveEntry(entry);
            out.write(data);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
