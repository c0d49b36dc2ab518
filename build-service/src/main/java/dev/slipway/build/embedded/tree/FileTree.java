package dev.slipway.build.embedded.tree;

import dev.slipway.oci.layer.Attributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files by path. Paths are relative to the root, with slashes and without {@code .} and {@code ..}; the root itself is the
 * empty path and always there. Not safe for use by several threads while it changes.
 */
public final class FileTree {
    private static final Node ROOT = new Node.Directory(Attributes.of(0755));
    private static final int MAX_LINKS = 40;

    private final NavigableMap<String, Node> nodes;

    private FileTree(NavigableMap<String, Node> nodes) {
        this.nodes = nodes;
    }

    public static FileTree empty() {
        return new FileTree(new TreeMap<>());
    }

    /** One that can change without this one. */
    public FileTree copy() {
        return new FileTree(new TreeMap<>(nodes));
    }

    public Optional<Node> get(String path) {
        return path.isEmpty() ? Optional.of(ROOT) : Optional.ofNullable(nodes.get(path));
    }

    /** Puts something there; what lies below a directory that is one no longer goes away. */
    public void put(String path, Node node) {
        if (!(node instanceof Node.Directory)) {
            below(path).clear();
        }
        nodes.put(path, node);
    }

    public void remove(String path) {
        below(path).clear();
        nodes.remove(path);
    }

    /** Everything under a directory, however deep, by path. A view that changes with the tree. */
    public NavigableMap<String, Node> below(String directory) {
        // '0' is the character after '/'
        return directory.isEmpty() ? nodes : nodes.subMap(directory + "/", true, directory + "0", false);
    }

    /** Names of what lies right in a directory, in order. */
    public List<String> children(String directory) {
        int start = directory.isEmpty() ? 0 : directory.length() + 1;
        return below(directory).keySet().stream()
                .filter(path -> path.indexOf('/', start) < 0)
                .map(path -> path.substring(start))
                .toList();
    }

    /** Ancestors of a path, the highest first, without the root and the path itself. */
    public static List<String> ancestors(String path) {
        Deque<String> ancestors = new ArrayDeque<>();
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            ancestors.addFirst(path.substring(0, slash));
        }
        return List.copyOf(ancestors);
    }

    public static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    /**
     * Where a path leads when every link on the way is followed, the last part's too; links never lead out of the root. What
     * is not there stands as it is.
     *
     * @param path in any spelling
     * @throws IllegalArgumentException where links lead in a circle
     */
    public String follow(String path) {
        Deque<String> left = new ArrayDeque<>(List.of(path.split("/", -1)));
        String at = "";
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
                continue;
            }
            String next = join(at, name);
            if (!(nodes.get(next) instanceof Node.SymbolicLink link)) {
                at = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new IllegalArgumentException("'%s' leads through too many links".formatted(path));
            }
            if (link.target().startsWith("/")) {
                at = "";
            }
            List<String> parts = List.of(link.target().split("/", -1));
            parts.reversed().forEach(left::addFirst);
        }
        return at;
    }
}
