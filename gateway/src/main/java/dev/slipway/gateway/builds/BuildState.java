package dev.slipway.gateway.builds;

import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildChange.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a build stands.
 *
 * @param tags as requested
 * @param digest of the index, once it is assembled
 * @param times when each stage was reached, by the clock of the service that said so
 */
public record BuildState(
        String buildId,
        Stage stage,
        String traceId,
        Optional<String> requester,
        List<String> tags,
        List<Platform> platforms,
        Optional<String> digest,
        List<Target> targets,
        List<Problem> failures,
        List<Warmup> warmups,
        Map<Stage, Instant> times,
        Instant updatedAt) {

    /** How far a platform has come. */
    public enum PlatformStage {
        PLANNED,
        ASSIGNED,
        BUILDING,
        BUILT,
        FAILED,
        CANCELLED
    }

    /**
     * The build of one platform.
     *
     * @param optional whether the image may lack it
     * @param attempt the latest
     * @param reused whether the result was there already
     */
    public record Platform(
            String name,
            boolean optional,
            PlatformStage stage,
            int attempt,
            Optional<String> worker,
            boolean emulated,
            boolean reused,
            Optional<String> digest,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {

        static Platform planned(String name, boolean optional) {
            return new Platform(
                    name,
                    optional,
                    PlatformStage.PLANNED,
                    0,
                    Optional.empty(),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * The warm-up on one cluster.
     *
     * @param cluster empty where none is configured
     * @param outcome empty while it runs
     */
    public record Warmup(String cluster, Optional<String> outcome) {}
}
