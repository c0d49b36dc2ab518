package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.ContextUse;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.PlatformImage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.build.progress}, keyed by build id: all that the join needs, in one log whose order decides. */
public sealed interface ProgressEvent extends Fact {

    String buildId();

    @Override
    default String subject() {
        return buildId();
    }

    /**
     * Type {@code dev.slipway.build.planned.v1}.
     *
     * @param platforms normalised names of what must be there, in the order requested
     * @param optionalPlatforms normalised names of what may be missing
     * @param deadline when the join gives up
     */
    record BuildPlanned(
            String buildId, List<String> platforms, List<String> optionalPlatforms, Instant deadline, BuildPlan plan)
            implements ProgressEvent {
        public BuildPlanned {
            platforms = List.copyOf(platforms);
            optionalPlatforms = List.copyOf(optionalPlatforms);
        }

        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }

    /** Type {@code dev.slipway.build.rejected.v1}, terminal. */
    record BuildRejected(String buildId, List<Failure> failures) implements ProgressEvent {
        public BuildRejected {
            failures = List.copyOf(failures);
        }

        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }

    /**
     * Type {@code dev.slipway.platform-build.waiting.v1}: no worker is free. Said after a second, and again when it has changed.
     *
     * @param position among what waits for the pool, in the order in which it will be given to workers; 1 is next
     * @param waiting how many wait for the pool
     * @param since when it was queued, or given back by the worker that had it
     */
    record PlatformBuildWaiting(
            String buildId, String platform, String pool, int position, int waiting, Instant since, Instant at)
            implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, platform, at.toString());
        }
    }

    /** Type {@code dev.slipway.platform-build.started.v1}. */
    record PlatformBuildStarted(
            String buildId, String platform, int attempt, String worker, String builder, boolean emulated)
            implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, platform, Integer.toString(attempt));
        }
    }

    /**
     * Type {@code dev.slipway.platform-build.built.v1}. The first of a platform in log order wins.
     *
     * @param reused true where the result was found in staging and nothing was built
     * @param context how much of the source was there and how much was needed
     * @param log what it printed, as an artifact in staging; absent where it printed nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlatformBuilt(
            String buildId,
            int attempt,
            PlatformImage image,
            String worker,
            String builder,
            boolean emulated,
            boolean reused,
            Instant startedAt,
            Instant finishedAt,
            @Nullable ContextUse context,
            @Nullable Descriptor log)
            implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, image.platform(), Integer.toString(attempt));
        }
    }

    /**
     * Type {@code dev.slipway.platform-build.failed.v1}.
     *
     * @param log what it printed, as an artifact in staging; absent where it printed nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlatformBuildFailed(
            String buildId,
            String platform,
            int attempt,
            String worker,
            Failure failure,
            @Nullable Descriptor log) implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, platform, Integer.toString(attempt));
        }
    }

    /**
     * Type {@code dev.slipway.build.cancel-received.v1}: somebody wants the build to stop. Where it stands in the log before
     * the join's decision, {@code build.cancelled} follows, else nothing.
     *
     * @param tenant who wants it; another's than the build's counts for nothing
     */
    record BuildCancelReceived(String buildId, String tenant, String reason) implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, tenant);
        }
    }

    /** Type {@code dev.slipway.build.cancelled.v1}, terminal. */
    record BuildCancelled(String buildId, String reason) implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }

    /** Type {@code dev.slipway.build.deadline-passed.v1}: the deadline as a record, so that a replay decides alike. */
    record BuildDeadlinePassed(String buildId, Instant deadline) implements ProgressEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }
}
