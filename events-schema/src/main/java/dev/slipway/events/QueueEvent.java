package dev.slipway.events;

import java.util.List;

/** Topic {@code slipway.platform-build.queued}, one partition: the scheduler's queue. */
public sealed interface QueueEvent extends Fact {

    /** Type {@code dev.slipway.platform-build.queued.v1}. */
    record PlatformBuildQueued(String buildId, String platform, BuildPlan plan) implements QueueEvent {
        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, platform);
        }
    }

    /** Type {@code dev.slipway.platform-build.cancelled.v1}: nobody waits for this any more. */
    record PlatformBuildCancelled(String buildId, String platform, String reason) implements QueueEvent {
        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, platform);
        }
    }
}
