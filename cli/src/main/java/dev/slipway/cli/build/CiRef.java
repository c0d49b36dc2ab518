package dev.slipway.cli.build;

import dev.slipway.context.git.GitRevision;
import java.util.Map;
import java.util.Optional;

/**
 * The branch or tag of a commit that is checked out without one, as CI systems do it: they say in the environment what it was.
 * Only what they say of the very same commit counts, since a job may check out other repositories too.
 */
final class CiRef {
    private final Map<String, String> environment;

    CiRef(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The first of: the branch of HEAD, GitHub's ref, GitLab's tag, GitLab's branch. */
    GitRevision completed(GitRevision revision) {
        Optional<String> ref = revision.ref()
                .or(() -> said("GITHUB_SHA", revision, "GITHUB_REF", ""))
                .or(() -> said("CI_COMMIT_SHA", revision, "CI_COMMIT_TAG", "refs/tags/"))
                .or(() -> said("CI_COMMIT_SHA", revision, "CI_COMMIT_BRANCH", "refs/heads/"));
        return new GitRevision(revision.commit(), ref, revision.origin());
    }

    private Optional<String> said(String commit, GitRevision revision, String name, String prefix) {
        return revision.commit().equals(environment.get(commit))
                ? Optional.ofNullable(environment.get(name))
                        .filter(value -> !value.isEmpty())
                        .map(prefix::concat)
                        .filter(ref -> ref.startsWith("refs/"))
                : Optional.empty();
    }
}
