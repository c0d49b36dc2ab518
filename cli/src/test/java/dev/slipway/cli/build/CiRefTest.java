package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.context.git.GitRevision;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CiRefTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final GitRevision DETACHED = new GitRevision(COMMIT, Optional.empty(), Optional.of("https://a/b"));

    @Test
    void takesGitHubsRefOfADetachedHead() {
        Map<String, String> github = Map.of("GITHUB_SHA", COMMIT, "GITHUB_REF", "refs/heads/release/1.2");

        assertThat(new CiRef(github).completed(DETACHED))
                .isEqualTo(new GitRevision(COMMIT, Optional.of("refs/heads/release/1.2"), Optional.of("https://a/b")));
    }

    @Test
    void takesGitLabsTagBeforeItsBranch() {
        Map<String, String> branch = Map.of("CI_COMMIT_SHA", COMMIT, "CI_COMMIT_BRANCH", "main", "CI_COMMIT_TAG", "");
        Map<String, String> tag = Map.of("CI_COMMIT_SHA", COMMIT, "CI_COMMIT_BRANCH", "main", "CI_COMMIT_TAG", "v1.2");

        assertThat(ref(branch)).contains("refs/heads/main");
        assertThat(ref(tag)).contains("refs/tags/v1.2");
    }

    @Test
    void believesGitFirst() {
        GitRevision onBranch = new GitRevision(COMMIT, Optional.of("refs/heads/feature"), Optional.empty());

        assertThat(new CiRef(Map.of("GITHUB_SHA", COMMIT, "GITHUB_REF", "refs/heads/main")).completed(onBranch))
                .isEqualTo(onBranch);
    }

    @Test
    void doesNotTakeWhatIsSaidOfAnotherCommit() {
        String other = "f".repeat(40);

        assertThat(ref(Map.of("GITHUB_SHA", other, "GITHUB_REF", "refs/heads/main")))
                .isEmpty();
        assertThat(ref(Map.of("GITHUB_REF", "refs/heads/main"))).isEmpty();
        assertThat(ref(Map.of("GITHUB_SHA", COMMIT, "GITHUB_REF", "main")))
                .as("no full ref")
                .isEmpty();
        assertThat(ref(Map.of())).isEmpty();
    }

    private static Optional<String> ref(Map<String, String> environment) {
        return new CiRef(environment).completed(DETACHED).ref();
    }
}
