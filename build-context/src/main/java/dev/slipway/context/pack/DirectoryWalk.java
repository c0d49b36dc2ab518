package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import dev.slipway.context.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Lists what the rules leave of a directory. */
final class DirectoryWalk {
    private final Path root;
    private final IgnoreRules rules;
    private final LinkCheck links;
    private final Consumer<Path> skipped;
    private final List<Node> kept = new ArrayList<>();
    private long ignoredBytes;

    /** @param skipped hears of directories that were not entered, since nothing in them can be in the context */
    DirectoryWalk(Path root, IgnoreRules rules, Consumer<Path> skipped) {
        this.root = root;
        this.rules = rules;
        this.links = new LinkCheck(root);
        this.skipped = skipped;
    }

    /** What is in the context, in the order of the paths. A directory comes before what it contains. */
    List<Node> nodes() {
        enter(root, "", rules.root(), new ArrayList<>());
        kept.sort(Comparator.comparing(Node::path));
        return kept;
    }

    /** Bytes of ignored files in directories that had to be entered. */
    long ignoredBytes() {
        return ignoredBytes;
    }

    /** @param pending ignored directories on the way here: they become part of the context with what they contain */
    private void enter(Path directory, String prefix, IgnoreRules.Verdict verdict, List<Node> pending) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                visit(child, prefix + name(child, prefix), verdict, pending);
            }
        } catch (IOException | DirectoryIteratorException e) {
            if (verdict.ignored() && e instanceof AccessDeniedException) {
                return;
            }
            throw new ContextException(
                    ContextException.Kind.UNREADABLE,
                    "cannot list '%s' of the context: %s".formatted(prefix.isEmpty() ? directory : prefix, e),
                    e);
        }
    }

    private void visit(Path file, String path, IgnoreRules.Verdict parent, List<Node> pending) {
        IgnoreRules.Verdict verdict = rules.verdict(path, parent);
        Node node = Node.of(path, file, LinkOption.NOFOLLOW_LINKS);
        if (!verdict.ignored()) {
            keep(node, pending);
        } else if (node.kind() == Node.Kind.FILE) {
            ignoredBytes += node.size();
        }
        if (node.kind() == Node.Kind.DIRECTORY) {
            if (verdict.ignored() && !rules.mayContainExceptions(path)) {
                skipped.accept(file);
                return;
            }
            List<Node> within = new ArrayList<>();
            if (verdict.ignored()) {
                within.addAll(pending);
                within.add(node);
            }
            enter(file, path + "/", verdict, within);
            if (verdict.ignored() && within.isEmpty()) {
                pending.clear();
            }
        }
    }

    private void keep(Node node, List<Node> pending) {
        switch (node.kind()) {
            case LINK -> links.check(node);
            case SPECIAL ->
                throw new ContextException(
                        ContextException.Kind.INVALID,
                        "'%s' of the context is a socket, FIFO or device; list it in .dockerignore"
                                .formatted(node.path()),
                        null);
            case FILE, DIRECTORY -> {}
        }
        kept.addAll(pending);
        pending.clear();
        kept.add(node);
    }

    private static String name(Path child, String prefix) {
        String name = String.valueOf(child.getFileName());
        if (name.indexOf('\uFFFD') >= 0) {
            throw new ContextException(
                    ContextException.Kind.INVALID,
                    "the name '%s' in the context is not UTF-8, or this process runs in a locale that is not (%s)"
                            .formatted(prefix + name, System.getProperty("sun.jnu.encoding")),
                    null);
        }
        return name;
    }
}
