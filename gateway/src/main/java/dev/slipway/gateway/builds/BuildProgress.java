package dev.slipway.gateway.builds;

import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildChange.Target;
import dev.slipway.gateway.builds.BuildState.Platform;
import dev.slipway.gateway.builds.BuildState.PlatformStage;
import dev.slipway.gateway.builds.BuildState.Warmup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of one build as its events change it. Topics have no common order, so a change may come after one that follows
 * from it: nothing here goes backward. Not safe for several threads.
 */
final class BuildProgress {
    private final String buildId;
    private final Map<Stage, Instant> times = new EnumMap<>(Stage.class);
    private final Map<String, Platform> platforms = new LinkedHashMap<>();
    private final Map<String, Warmup> warmups = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Stage stage = Stage.REQUESTED;
    private String traceId = "";
    private Optional<String> requester = Optional.empty();
    private List<String> tags = List.of();
    private List<String> clusters = List.of();
    private List<Target> targets = List.of();
    private Optional<String> digest = Optional.empty();
    private boolean onlyWarmUp;
    private Instant updatedAt = Instant.EPOCH;

    BuildProgress(String buildId) {
        this.buildId = buildId;
    }

    void apply(LoggedEvent event) {
        traceId = event.traceId();
        updatedAt = event.time().isAfter(updatedAt) ? event.time() : updatedAt;
        event.change().ifPresent(change -> apply(change, event.time()));
        if (onlyWarmUp && isWarm()) {
            reach(Stage.WARMED, event.time());
        }
    }

    private void apply(BuildChange change, Instant at) {
        switch (change) {
            case BuildChange.Requested requested -> {
                tags = requested.tags();
                clusters = requested.clusters();
                requester = requested.requester();
                reach(Stage.REQUESTED, at);
            }
            case BuildChange.WarmupRequested requested -> {
                onlyWarmUp = true;
                tags = List.of(requested.reference());
                clusters = requested.clusters();
                requester = requested.requester();
                reach(Stage.REQUESTED, at);
            }
            case BuildChange.Planned planned -> {
                planned.platforms().forEach(name -> plan(name, false));
                planned.optionalPlatforms().forEach(name -> plan(name, true));
                reach(Stage.PLANNED, at);
            }
            case BuildChange.Assigned assigned -> apply(assigned);
            case BuildChange.Started started -> {
                apply(started, at);
                reach(Stage.BUILDING, at);
            }
            case BuildChange.Built built -> {
                apply(built);
                reach(Stage.BUILDING, at);
            }
            case BuildChange.PlatformFailed failed -> {
                apply(failed, at);
                reach(Stage.BUILDING, at);
            }
            case BuildChange.PlatformCancelled cancelled -> apply(cancelled, at);
            case BuildChange.Rejected rejected -> end(Stage.REJECTED, at, rejected.problems(), List.of());
            case BuildChange.Cancelled cancelled -> end(Stage.CANCELLED, at, List.of(), List.of());
            case BuildChange.AssemblyReady ready -> reach(Stage.ASSEMBLING, at);
            case BuildChange.Assembled assembled -> {
                digest = Optional.of(assembled.digest());
                reach(Stage.ASSEMBLED, at);
            }
            case BuildChange.AssemblyFailed failed -> end(Stage.ASSEMBLY_FAILED, at, failed.problems(), List.of());
            case BuildChange.Staged staged -> reach(Stage.PUBLISHING, at);
            case BuildChange.Published published -> {
                digest = Optional.of(published.digest());
                end(Stage.PUBLISHED, at, List.of(), published.targets());
            }
            case BuildChange.PublishFailed failed -> end(Stage.PUBLISH_FAILED, at, failed.problems(), failed.targets());
            case BuildChange.Superseded superseded -> end(Stage.SUPERSEDED, at, List.of(), superseded.targets());
            case BuildChange.RolledBack rolledBack -> {
                digest = Optional.of(rolledBack.digest());
                end(Stage.ROLLED_BACK, at, List.of(), rolledBack.targets());
            }
            case BuildChange.WarmupStarted started ->
                warmups.putIfAbsent(started.cluster(), new Warmup(started.cluster(), Optional.empty()));
            case BuildChange.Warmed warmed ->
                warmups.put(warmed.cluster(), new Warmup(warmed.cluster(), Optional.of(warmed.outcome())));
            case BuildChange.WarmupFailed failed -> {
                warmups.put(failed.cluster(), new Warmup(failed.cluster(), Optional.of("FAILED")));
                problems.addAll(failed.problems());
            }
        }
    }

    private void reach(Stage reached, Instant at) {
        times.putIfAbsent(reached, at);
        if (!stage.isEnd() && reached.compareTo(stage) > 0) {
            stage = reached;
        }
    }

    private void end(Stage end, Instant at, List<Problem> why, List<Target> where) {
        if (!stage.isEnd()) {
            problems.addAll(why);
            targets = where;
        }
        reach(end, at);
    }

    private void plan(String name, boolean optional) {
        Platform known = platforms.remove(name);
        Platform planned = Platform.planned(name, optional);
        platforms.put(name, known == null ? planned : asPlanned(known, optional));
    }

    private static Platform asPlanned(Platform known, boolean optional) {
        return new Platform(
                known.name(),
                optional,
                known.stage(),
                known.attempt(),
                known.worker(),
                known.emulated(),
                known.reused(),
                known.digest(),
                known.startedAt(),
                known.finishedAt());
    }

    private Platform platform(String name) {
        return platforms.getOrDefault(name, Platform.planned(name, false));
    }

    /** A result stays, and so does what a later attempt said. */
    private static boolean isNews(Platform known, int attempt, PlatformStage next) {
        return known.stage() != PlatformStage.BUILT
                && (attempt > known.attempt() || (attempt == known.attempt() && next.compareTo(known.stage()) > 0));
    }

    private void apply(BuildChange.Assigned assigned) {
        Platform known = platform(assigned.platform());
        if (isNews(known, assigned.attempt(), PlatformStage.ASSIGNED)) {
            platforms.put(
                    known.name(),
                    new Platform(
                            known.name(),
                            known.optional(),
                            PlatformStage.ASSIGNED,
                            assigned.attempt(),
                            Optional.of(assigned.worker()),
                            assigned.emulated(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    private void apply(BuildChange.Started started, Instant at) {
        Platform known = platform(started.platform());
        if (isNews(known, started.attempt(), PlatformStage.BUILDING)) {
            platforms.put(
                    known.name(),
                    new Platform(
                            known.name(),
                            known.optional(),
                            PlatformStage.BUILDING,
                            started.attempt(),
                            Optional.of(started.worker()),
                            started.emulated(),
                            false,
                            Optional.empty(),
                            Optional.of(at),
                            Optional.empty()));
        }
    }

    private void apply(BuildChange.Built built) {
        Platform known = platform(built.platform());
        if (known.stage() != PlatformStage.BUILT) {
            platforms.put(
                    known.name(),
                    new Platform(
                            known.name(),
                            known.optional(),
                            PlatformStage.BUILT,
                            built.attempt(),
                            Optional.of(built.worker()),
                            built.emulated(),
                            built.reused(),
                            Optional.of(built.digest()),
                            Optional.of(built.startedAt()),
                            Optional.of(built.finishedAt())));
        }
    }

    private void apply(BuildChange.PlatformFailed failed, Instant at) {
        Platform known = platform(failed.platform());
        problems.add(failed.problem());
        if (isNews(known, failed.attempt(), PlatformStage.FAILED)) {
            platforms.put(
                    known.name(),
                    new Platform(
                            known.name(),
                            known.optional(),
                            PlatformStage.FAILED,
                            failed.attempt(),
                            Optional.of(failed.worker()),
                            known.emulated(),
                            false,
                            Optional.empty(),
                            known.startedAt(),
                            Optional.of(at)));
        }
    }

    /** What is there, or has failed, stays so. */
    private void apply(BuildChange.PlatformCancelled cancelled, Instant at) {
        Platform known = platform(cancelled.platform());
        if (known.stage().compareTo(PlatformStage.BUILT) < 0) {
            platforms.put(
                    known.name(),
                    new Platform(
                            known.name(),
                            known.optional(),
                            PlatformStage.CANCELLED,
                            known.attempt(),
                            known.worker(),
                            known.emulated(),
                            false,
                            Optional.empty(),
                            known.startedAt(),
                            Optional.of(at)));
        }
    }

    /** Whether a follower need not wait any longer. */
    boolean has(Until until) {
        return switch (until) {
            case ASSEMBLED -> times.containsKey(Stage.ASSEMBLED) || stage.isEnd();
            case PUBLISHED -> stage.isEnd();
            case WARMED -> stage.isEnd() && (!isWarmedAfter(stage) || isWarm());
        };
    }

    private static boolean isWarmedAfter(Stage end) {
        return end == Stage.PUBLISHED || end == Stage.ROLLED_BACK;
    }

    private boolean isWarm() {
        return !warmups.isEmpty()
                && warmups.values().stream().allMatch(warmup -> warmup.outcome().isPresent())
                && (warmups.containsKey("") || warmups.keySet().containsAll(clusters));
    }

    BuildState snapshot() {
        return new BuildState(
                buildId,
                stage,
                traceId,
                requester,
                tags,
                List.copyOf(platforms.values()),
                digest,
                targets,
                List.copyOf(problems),
                List.copyOf(warmups.values()),
                Collections.unmodifiableMap(new EnumMap<>(times)),
                updatedAt);
    }
}
