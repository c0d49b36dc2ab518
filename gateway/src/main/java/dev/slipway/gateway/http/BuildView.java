package dev.slipway.gateway.http;

import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildChange.Target;
import dev.slipway.gateway.builds.BuildState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A build as JSON.
 *
 * @param stage how far it has come, or how it ended: {@code planned}, {@code building}, {@code publish-failed}
 * @param ended whether the request has ended; the warm-up may still run
 * @param times when each stage was reached
 */
record BuildView(
        String buildId,
        String stage,
        boolean ended,
        String traceId,
        Optional<String> requester,
        List<String> tags,
        List<PlatformView> platforms,
        Optional<String> digest,
        List<Target> targets,
        List<Problem> failures,
        List<BuildState.Warmup> warmups,
        Map<String, Instant> times,
        Instant updatedAt) {

    /** A platform's build as JSON; stages are planned, assigned, building, built, failed, cancelled. */
    record PlatformView(
            String platform,
            boolean optional,
            String stage,
            int attempt,
            Optional<String> worker,
            boolean emulated,
            boolean reused,
            Optional<String> digest,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {

        static PlatformView of(BuildState.Platform platform) {
            return new PlatformView(
                    platform.name(),
                    platform.optional(),
                    platform.stage().name().toLowerCase(Locale.ROOT),
                    platform.attempt(),
                    platform.worker(),
                    platform.emulated(),
                    platform.reused(),
                    platform.digest(),
                    platform.startedAt(),
                    platform.finishedAt());
        }
    }

    /** A page of builds as JSON; {@code next} is for the parameter {@code after}, absent on the last page. */
    record Page(List<BuildView> builds, Optional<String> next) {}

    static BuildView of(BuildState state) {
        Map<String, Instant> times = new LinkedHashMap<>();
        state.times().forEach((stage, at) -> times.put(stage.text(), at));
        return new BuildView(
                state.buildId(),
                state.stage().text(),
                state.stage().isEnd(),
                state.traceId(),
                state.requester(),
                state.tags(),
                state.platforms().stream().map(PlatformView::of).toList(),
                state.digest(),
                state.targets(),
                state.failures(),
                state.warmups(),
                times,
                state.updatedAt());
    }
}
