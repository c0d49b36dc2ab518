package dev.slipway.events;

import java.util.List;

/** Topic {@code slipway.platform-build.assigned}: every worker reads all and takes its own. */
public sealed interface AssignmentEvent extends Fact {

    /**
     * Type {@code dev.slipway.platform-build.assigned.v1}.
     *
     * @param incarnation the worker's, as its status said when it was chosen
     * @param attempt 1 for the first worker that is asked for this platform
     * @param epoch grows with each assignment the scheduler makes; a lower one than seen before is ignored
     * @param emulated true where the worker runs the platform under QEMU
     */
    record PlatformBuildAssigned(
            String buildId,
            String platform,
            String worker,
            long incarnation,
            int attempt,
            long epoch,
            boolean emulated,
            BuildPlan plan)
            implements AssignmentEvent {
        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, platform, Integer.toString(attempt));
        }
    }

    /**
     * Type {@code dev.slipway.platform-build.revoked.v1}: nobody waits for what the worker builds.
     *
     * @param epoch of the assignment that it takes back
     */
    record PlatformBuildRevoked(
            String buildId, String platform, String worker, long incarnation, long epoch, String reason)
            implements AssignmentEvent {
        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, platform, worker, Long.toString(epoch));
        }
    }
}
