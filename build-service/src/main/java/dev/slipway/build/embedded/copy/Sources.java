package dev.slipway.build.embedded.copy;

import dev.slipway.build.embedded.tree.FileTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds what a source names. */
final class Sources {
    private Sources() {}

    /** Paths in the tree, in order; none where a wildcard matches nothing. */
    static List<String> select(FileTree tree, String text) {
        String path = clean(text);
        if (!PathPattern.hasWildcards(text)) {
            if (tree.get(follow(tree, path)).isEmpty()) {
                throw CopyException.failed("'%s' is not there".formatted(text));
            }
            return List.of(path);
        }
        PathPattern pattern = PathPattern.parse(path);
        return tree.below("").keySet().stream().filter(pattern::matches).toList();
    }

    /** As the tree does. */
    static String follow(FileTree tree, String path) {
        try {
            return tree.follow(path);
        } catch (IllegalArgumentException e) {
            throw CopyException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Relative to the root, which nothing leads out of. */
    private static String clean(String text) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
