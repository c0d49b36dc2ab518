package dev.slipway.context.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commit that a directory's work tree has checked out, and where it came from. Work trees of {@code git worktree} and
 * submodules are understood, packed refs too. Whether files differ from that commit is not looked at: a revision says what
 * was checked out, not that nothing was changed since.
 *
 * @param commit full commit id, SHA-1 or SHA-256
 * @param ref the branch that is checked out, {@code refs/heads/main}; empty where it is a commit
 * @param origin URL of the remote {@code origin} without credentials, where there is one
 */
public record GitRevision(String commit, Optional<String> ref, Optional<String> origin) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int MAX_SYMBOLIC_REFS = 5;

    /**
     * The revision of the work tree that a directory lies in. Empty outside of one, before the first commit, and for a ref
     * storage that is not understood (reftable).
     */
    public static Optional<GitRevision> of(Path directory) {
        try {
            Path start = directory.toRealPath();
            for (Path dir = start; dir != null; dir = dir.getParent()) {
                Optional<Path> gitDir = gitDir(dir);
                if (gitDir.isPresent()) {
                    return revision(gitDir.get());
                }
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            // a repository that cannot be read says nothing about the revision, and is no reason not to build
            return Optional.empty();
        }
    }

    private static Optional<GitRevision> revision(Path gitDir) throws IOException {
        Path common = commonDir(gitDir);
        Optional<String> commit = resolve(gitDir, common, "HEAD", 0);
        Optional<String> origin = GitConfig.originUrl(common.resolve("config"));
        Optional<String> branch = branch(gitDir);
        return commit.map(id -> new GitRevision(id, branch, origin));
    }

    private static Optional<String> branch(Path gitDir) throws IOException {
        String head = Files.readString(gitDir.resolve("HEAD")).strip();
        return head.startsWith("ref:")
                ? Optional.of(head.substring("ref:".length()).strip())
                : Optional.empty();
    }

    /** {@code .git} is the repository, or a file that says where it is. */
    private static Optional<Path> gitDir(Path dir) throws IOException {
        Path dotGit = dir.resolve(".git");
        if (Files.isRegularFile(dotGit)) {
            String content = Files.readString(dotGit).strip();
            return content.startsWith("gitdir:")
                    ? Optional.of(
                            dir.resolve(content.substring("gitdir:".length()).strip()))
                    : Optional.empty();
        }
        return Files.isRegularFile(dotGit.resolve("HEAD")) ? Optional.of(dotGit) : Optional.empty();
    }

    /** Work trees have a directory of their own beside the one that all share. */
    private static Path commonDir(Path gitDir) throws IOException {
        Path file = gitDir.resolve("commondir");
        return Files.isRegularFile(file)
                ? gitDir.resolve(Files.readString(file).strip()).normalize()
                : gitDir;
    }

    private static Optional<String> resolve(Path gitDir, Path common, String ref, int depth) throws IOException {
        Path own = gitDir.resolve(ref);
        Path file = Files.isRegularFile(own) ? own : common.resolve(ref);
        if (!Files.isRegularFile(file)) {
            return packed(common, ref);
        }
        String content = Files.readString(file).strip();
        if (content.startsWith("ref:")) {
            return depth < MAX_SYMBOLIC_REFS
                    ? resolve(gitDir, common, content.substring("ref:".length()).strip(), depth + 1)
                    : Optional.empty();
        }
        return COMMIT.matcher(content).matches() ? Optional.of(content) : Optional.empty();
    }

    private static Optional<String> packed(Path common, String ref) throws IOException {
        Path file = common.resolve("packed-refs");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(id -> COMMIT.matcher(id).matches())
                    .findFirst();
        }
    }
}
