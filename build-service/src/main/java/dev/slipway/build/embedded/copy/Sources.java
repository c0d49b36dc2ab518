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
        List<String> names = clean(text);
        int plain = 0;
        while (plain < names.size() && !PathPattern.hasWildcards(names.get(plain))) {
            plain++;
        }
        String start = String.join("/", names.subList(0, plain));
        String real = follow(tree, start);
        if (tree.get(real).isEmpty()) {
            throw CopyException.failed("'%s' is not there".formatted(text));
        }
        if (plain == names.size()) {
            return List.of(start);
        }
        PathPattern pattern = PathPattern.parse(String.join("/", names.subList(plain, names.size())));
        int offset = real.isEmpty() ? 0 : real.length() + 1;
        return tree.below(real).keySet().stream()
                .filter(path -> pattern.matches(path.substring(offset)))
                .toList();
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
    private static List<String> clean(String text) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return List.copyOf(parts);
    }
}
