package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds links that lead out of the context, by following them as the kernel would. */
final class LinkCheck {
    /** As many links as Linux follows. */
    private static final int MAX_LINKS = 40;

    private final Path root;

    /** @param root a real path, free of links itself */
    LinkCheck(Path root) {
        this.root = root;
    }

    /** Links that point nowhere, or in a circle, are no trouble of ours: they are kept as they are. */
    void check(Node link) {
        if (leadsOut(link)) {
            throw new ContextException(
                    ContextException.Kind.INVALID,
                    "the link '%s' leads out of the context: its target is '%s'; put a file in its place, or list it in .dockerignore"
                            .formatted(link.path(), link.link()),
                    null);
        }
    }

    private boolean leadsOut(Node link) {
        Deque<String> ahead = new ArrayDeque<>(parts(link.path()));
        Path at = root;
        int followed = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst();
            if (name.equals(".") || name.isEmpty()) {
                continue;
            }
            if (name.equals("..")) {
                if (at.equals(root)) {
                    return true;
                }
                at = parent(at);
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (++followed > MAX_LINKS) {
                return false;
            }
            Path target = target(next);
            if (target.isAbsolute()) {
                if (!target.normalize().startsWith(root)) {
                    return true;
                }
                at = root;
                target = root.relativize(target.normalize());
            }
            parts(target.toString()).reversed().forEach(ahead::addFirst);
        }
        return false;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new ContextException(
                    ContextException.Kind.UNREADABLE,
                    "cannot read the link '%s' of the context: %s".formatted(root.relativize(link), e),
                    e);
        }
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/"));
    }
}
