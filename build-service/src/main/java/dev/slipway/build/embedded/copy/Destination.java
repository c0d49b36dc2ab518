package dev.slipway.build.embedded.copy;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.layer.Attributes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where files are put, and what was put there. Directories on the way are in the layer as well, as they are in the image: an
 * unpacker that knows only this layer would make them otherwise with permissions of its own, or a directory of a link.
 */
public final class Destination {
    private static final int SETGID = 02000;

    private final FileTree tree;
    private final Optional<Owner> owner;
    private final int mode;
    private final SortedMap<String, Node> written = new TreeMap<>();

    /**
     * Opens a tree for writing.
     *
     * @param owner of directories that are made; empty makes them as root does
     * @param mode of directories that are made, without setuid and the like; 0755 where empty
     */
    public Destination(FileTree tree, Optional<Owner> owner, OptionalInt mode) {
        this.tree = tree;
        this.owner = owner;
        this.mode = mode.orElse(0755) & 0777;
    }

    SortedMap<String, Node> written() {
        return written;
    }

    public static boolean isDirectory(FileTree tree, String path) {
        return tree.get(Sources.follow(tree, path)).orElse(null) instanceof Node.Directory;
    }

    /** Makes a directory and those above it that are not there. Returns them all. */
    public SortedMap<String, Node> make(String path) {
        directory(path);
        return written;
    }

    /** Where a directory is, once the links on the way are followed; it is made if it is not there. */
    String directory(String path) {
        String real = Sources.follow(tree, path);
        enter(real, path);
        return real;
    }

    /** Where a file of this name comes to lie. */
    String forFile(String path, String name) {
        if (path.endsWith("/") || tree.get(Sources.follow(tree, path)).orElse(null) instanceof Node.Directory) {
            // what is there already is replaced, and not followed if it is a link
            return FileTree.join(directory(path), name);
        }
        String real = Sources.follow(tree, path);
        int slash = real.lastIndexOf('/');
        if (slash > 0) {
            enter(real.substring(0, slash), path);
        }
        return real;
    }

    void put(String path, Node node) {
        boolean isDirectory = node instanceof Node.Directory;
        boolean overDirectory = tree.get(path).orElse(null) instanceof Node.Directory;
        if (overDirectory && !isDirectory) {
            throw CopyException.failed("'/%s' is a directory, which no file can replace".formatted(path));
        }
        if (isDirectory && !overDirectory && tree.get(path).isPresent()) {
            throw CopyException.failed("'/%s' is no directory, and a directory is to be copied to it".formatted(path));
        }
        tree.put(path, node);
        written.put(path, node);
    }

    private void enter(String directory, String wanted) {
        if (directory.isEmpty()) {
            return;
        }
        for (String ancestor : FileTree.ancestors(directory)) {
            step(ancestor, wanted);
        }
        step(directory, wanted);
    }

    private void step(String path, String wanted) {
        Node node = tree.get(path).orElseGet(() -> {
            Node made = new Node.Directory(attributesIn(path.substring(0, Math.max(0, path.lastIndexOf('/')))));
            tree.put(path, made);
            return made;
        });
        if (!(node instanceof Node.Directory)) {
            throw CopyException.failed("'/%s' on the way to '%s' is no directory".formatted(path, wanted));
        }
        written.put(path, node);
    }

    /** In a directory with setgid Linux passes the bit and the group on. */
    private Attributes attributesIn(String parent) {
        Attributes of = tree.get(parent).orElseThrow().attributes();
        int setgid = of.mode() & SETGID;
        Owner made = owner.orElseGet(() -> new Owner(Owner.ROOT.uid(), setgid == 0 ? Owner.ROOT.gid() : of.gid()));
        return new Attributes(mode | setgid, made.uid(), made.gid());
    }
}
