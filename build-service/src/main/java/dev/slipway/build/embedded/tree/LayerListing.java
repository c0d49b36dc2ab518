package dev.slipway.build.embedded.tree;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What a layer changes (image-spec 1.1, "Image Layer Filesystem Changeset"). */
public final class LayerListing {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int IMPLIED_MODE = 0755;
    private static final Set<Byte> REGULAR =
            Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

    private sealed interface Change {
        record Put(String path, Node node) implements Change {}

        record Link(String path, String target) implements Change {}
    }

    private final List<String> removed = new ArrayList<>();
    private final List<String> emptied = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    private LayerListing() {}

    /**
     * Reads a plain tar to its end.
     *
     * @param contents where the content of a file can be read again, by the entry's path
     */
    public static LayerListing read(InputStream tar, Function<String, BlobSource> contents) throws IOException {
        LayerListing listing = new LayerListing();
        TarArchiveInputStream entries = new TarArchiveInputStream(tar);
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            listing.add(entry, entries, contents);
        }
        tar.transferTo(OutputStream.nullOutputStream());
        return listing;
    }

    /**
     * Applies it: what it takes away first, for that concerns lower layers only. Links among the parents of a path are followed,
     * and parents that are nowhere are made, as those who unpack layers do.
     *
     * @throws BrokenLayerException where it does not fit the tree, and so no image can be unpacked
     */
    public void applyTo(FileTree tree) throws IOException {
        for (String directory : emptied) {
            tree.below(follow(tree, directory)).clear();
        }
        for (String path : removed) {
            tree.remove(place(tree, path));
        }
        for (Change change : changes) {
            switch (change) {
                case Change.Put(String path, Node node) -> put(tree, path, node);
                case Change.Link(String path, String target) -> put(tree, path, linked(tree, path, target));
            }
        }
    }

    private static Node linked(FileTree tree, String path, String target) throws IOException {
        return tree.get(place(tree, target))
                .filter(node -> !(node instanceof Node.Directory))
                .orElseThrow(() -> new BrokenLayerException(
                        "'%s' is a hard link to '%s', where no file is".formatted(path, target)));
    }

    private static void put(FileTree tree, String path, Node node) throws IOException {
        String place = place(tree, path);
        for (String ancestor : FileTree.ancestors(place)) {
            Optional<Node> there = tree.get(ancestor);
            if (there.isEmpty()) {
                tree.put(ancestor, new Node.Directory(Attributes.of(IMPLIED_MODE)));
            } else if (!(there.get() instanceof Node.Directory)) {
                throw new BrokenLayerException("'%s' lies below '%s', which is no directory".formatted(path, ancestor));
            }
        }
        tree.put(place, node);
    }

    /** The path without links among its parents; what it names itself may be one. */
    private static String place(FileTree tree, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? path : FileTree.join(follow(tree, path.substring(0, slash)), path.substring(slash + 1));
    }

    private static String follow(FileTree tree, String path) throws IOException {
        try {
            return tree.follow(path);
        } catch (IllegalArgumentException e) {
            throw new BrokenLayerException(String.valueOf(e.getMessage()));
        }
    }

    private void add(TarArchiveEntry entry, InputStream content, Function<String, BlobSource> contents)
            throws IOException {
        String path = LayerEntry.pathOf(entry.getName());
        String name = path.substring(path.lastIndexOf('/') + 1);
        String parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        if (path.isEmpty()) {
            return;
        }
        if (name.equals(OPAQUE)) {
            emptied.add(parent);
        } else if (name.startsWith(WHITEOUT)) {
            removed.add(FileTree.join(parent, name.substring(WHITEOUT.length())));
        } else if (entry.isLink()) {
            changes.add(new Change.Link(path, LayerEntry.pathOf(entry.getLinkName())));
        } else {
            changes.add(new Change.Put(path, node(entry, path, content, contents)));
        }
    }

    private static Node node(
            TarArchiveEntry entry, String path, InputStream content, Function<String, BlobSource> contents)
            throws IOException {
        if (!isId(entry.getLongUserId()) || !isId(entry.getLongGroupId())) {
            return owned(entry, path);
        }
        Attributes attributes =
                new Attributes(entry.getMode() & 07777, (int) entry.getLongUserId(), (int) entry.getLongGroupId());
        if (entry.isDirectory()) {
            return new Node.Directory(attributes);
        }
        if (entry.isSymbolicLink()) {
            return new Node.SymbolicLink(attributes, entry.getLinkName());
        }
        if (!REGULAR.contains(entry.getLinkFlag())) {
            return new Node.Special(attributes, "neither file nor directory nor link");
        }
        if (entry.isSparse()) {
            return new Node.Special(attributes, "a sparse file");
        }
        if (entry.getExtraPaxHeaders().keySet().stream().anyMatch(key -> key.startsWith("SCHILY.xattr."))) {
            return new Node.Special(attributes, "a file with extended attributes");
        }
        return new Node.RegularFile(attributes, entry.getSize(), digest(content), contents.apply(path));
    }

    private static Node owned(TarArchiveEntry entry, String path) throws IOException {
        String what = "owned by %d:%d".formatted(entry.getLongUserId(), entry.getLongGroupId());
        if (entry.isDirectory()) {
            throw new BrokenLayerException(
                    "directory '%s' is %s, and no number may be over %d".formatted(path, what, Integer.MAX_VALUE));
        }
        return new Node.Special(Attributes.of(0), what);
    }

    private static boolean isId(long number) {
        return number >= 0 && number <= Integer.MAX_VALUE;
    }

    private static Digest digest(InputStream content) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        byte[] buffer = new byte[64 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            sha256.update(buffer, 0, read);
        }
        return Digest.ofHash(sha256);
    }
}
