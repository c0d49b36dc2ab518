package dev.slipway.context.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitRevisionTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path dir;

    @Test
    void followsHeadToALooseRef() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");
        Path sub = Files.createDirectories(dir.resolve("deep/er"));

        assertThat(GitRevision.of(sub))
                .hasValueSatisfying(r -> assertThat(r.commit()).isEqualTo(COMMIT));
    }

    @Test
    void findsPackedRefs() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n^" + "1".repeat(40) + "\n");

        assertThat(GitRevision.of(dir)).map(GitRevision::commit).contains(COMMIT);
    }

    @Test
    void takesADetachedHead() throws IOException {
        write(".git/HEAD", COMMIT + "\n");

        assertThat(GitRevision.of(dir)).map(GitRevision::commit).contains(COMMIT);
    }

    @Test
    void readsALinkedWorkTree() throws IOException {
        write("main/.git/HEAD", "ref: refs/heads/main\n");
        write("main/.git/refs/heads/other", COMMIT);
        write("main/.git/worktrees/wt/HEAD", "ref: refs/heads/other\n");
        write("main/.git/worktrees/wt/commondir", "../..\n");
        write("wt/.git", "gitdir: " + dir.resolve("main/.git/worktrees/wt") + "\n");

        assertThat(GitRevision.of(dir.resolve("wt"))).map(GitRevision::commit).contains(COMMIT);
    }

    @Test
    void saysNothingWithoutCommitOrRepository() throws IOException {
        assertThat(GitRevision.of(Files.createDirectory(dir.resolve("plain")))).isEmpty();
        write(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitRevision.of(dir)).as("no commit yet").isEmpty();
        write(".git/HEAD", "nonsense");
        assertThat(GitRevision.of(dir)).as("not understood").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/o/r.git, https://github.com/o/r.git",
        "https://user:secret@github.com/o/r.git, https://github.com/o/r.git",
        "ssh://git@host:22/o/r, ssh://host:22/o/r",
        "git@github.com:o/r.git, git@github.com:o/r.git",
        "/srv/git/r.git,",
        "../r.git,",
        "file:///srv/r.git,",
    })
    void givesTheOriginWithoutSecretsAndLocalPaths(String url, String origin) throws IOException {
        write(".git/HEAD", COMMIT);
        write(".git/config", "[core]\n\turl = no\n[remote \"origin\"]\n\turl = " + url + "\n\tfetch = x\n");

        assertThat(GitRevision.of(dir).orElseThrow().origin()).isEqualTo(java.util.Optional.ofNullable(origin));
    }

    private void write(String path, String content) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
