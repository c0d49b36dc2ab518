package dev.slipway.gateway.builds;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an event means for the state of a build. */
public sealed interface BuildChange {

    /** Why something could not be done. */
    record Problem(String code, String message, Optional<String> concerns, boolean retryable) {}

    /** Where a target stands. */
    record Target(
            String reference,
            String state,
            Optional<String> digest,
            Optional<String> previousDigest,
            Optional<Problem> problem) {}

    /**
     * It was asked for.
     *
     * @param clusters that shall be warmed; empty for all there are
     */
    record Requested(List<String> tags, List<String> clusters, Optional<String> requester) implements BuildChange {}

    /** What exists is to be warmed, and nothing else. */
    record WarmupRequested(String reference, List<String> clusters, Optional<String> requester)
            implements BuildChange {}

    record Planned(List<String> platforms, List<String> optionalPlatforms) implements BuildChange {}

    record Assigned(String platform, int attempt, String worker, boolean emulated) implements BuildChange {}

    record Started(String platform, int attempt, String worker, boolean emulated) implements BuildChange {}

    record Built(
            String platform,
            int attempt,
            String worker,
            boolean emulated,
            boolean reused,
            String digest,
            Instant startedAt,
            Instant finishedAt)
            implements BuildChange {}

    record PlatformFailed(String platform, int attempt, String worker, Problem problem) implements BuildChange {}

    /** Nobody waits for it any more. */
    record PlatformCancelled(String platform) implements BuildChange {}

    record Rejected(List<Problem> problems) implements BuildChange {}

    record Cancelled(String reason) implements BuildChange {}

    record AssemblyReady(List<String> missingPlatforms) implements BuildChange {}

    record Assembled(String digest) implements BuildChange {}

    record AssemblyFailed(List<Problem> problems) implements BuildChange {}

    /** Everything lies on the targets, and nothing is visible yet. */
    record Staged() implements BuildChange {}

    record Published(String digest, List<Target> targets) implements BuildChange {}

    record PublishFailed(List<Problem> problems, List<Target> targets) implements BuildChange {}

    record Superseded(String supersededBy, List<Target> targets) implements BuildChange {}

    record RolledBack(String digest, List<Target> targets) implements BuildChange {}

    record WarmupStarted(String cluster) implements BuildChange {}

    record Warmed(String cluster, String outcome) implements BuildChange {}

    record WarmupFailed(String cluster, List<Problem> problems) implements BuildChange {}
}
