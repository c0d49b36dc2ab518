package dev.slipway.build.scheduler;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.Run;
import dev.slipway.build.queue.WorkerReport;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.RunningBuild;
import dev.slipway.events.model.WorkerState;
import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Set;

/** The core's report of a worker, from its status event. */
final class StatusTranslation {
    private StatusTranslation() {}

    /**
     * Translates.
     *
     * @throws IllegalArgumentException quoting a platform that nobody knows
     */
    static WorkerReport toReport(WorkerStatus status) {
        return new WorkerReport(
                status.worker(),
                status.incarnation(),
                status.state() == WorkerState.DRAINING,
                status.pool(),
                status.labels(),
                platforms(status.nativePlatforms()),
                platforms(status.emulatedPlatforms()),
                Set.copyOf(status.builders()),
                status.slots(),
                runs(status.running()),
                runs(status.finished()));
    }

    private static List<Platform> platforms(List<String> names) {
        return names.stream().map(Platform::parse).toList();
    }

    private static List<Run> runs(List<RunningBuild> builds) {
        return builds.stream()
                .map(build -> new Run(new BuildKey(build.buildId(), build.platform()), build.attempt(), build.epoch()))
                .toList();
    }
}
