package dev.slipway.build.queue;

import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker says about itself.
 *
 * @param worker its name, which survives restarts
 * @param incarnation grows with each start of its process; what an older one ran is gone
 * @param draining ends what it runs, or hands it back, and takes nothing new
 * @param finished the latest of what this incarnation brought to an end
 */
public record WorkerReport(
        String worker,
        long incarnation,
        boolean draining,
        String pool,
        Map<String, String> labels,
        List<Platform> nativePlatforms,
        List<Platform> emulatedPlatforms,
        Set<String> builders,
        int slots,
        List<Run> running,
        List<Run> finished) {

    /** Builders that never run a binary of the platform they build for, so that no worker is foreign to it. */
    private static final Set<String> PLATFORM_INDEPENDENT = Set.of("embedded");

    public WorkerReport {
        labels = Map.copyOf(labels);
        nativePlatforms = List.copyOf(nativePlatforms);
        emulatedPlatforms = List.copyOf(emulatedPlatforms);
        builders = Set.copyOf(builders);
        running = List.copyOf(running);
        finished = List.copyOf(finished);
    }

    /** How a worker gets along with a platform; what comes first is better. */
    enum Fit {
        NATIVE,
        EMULATED
    }

    /** Empty where it cannot, or may not, build it. */
    Optional<Fit> fit(QueuedBuild build) {
        if (draining || !build.worker().isMetBy(this) || !builders.contains(build.builder())) {
            return Optional.empty();
        }
        if (PLATFORM_INDEPENDENT.contains(build.builder()) || runs(nativePlatforms, build)) {
            return Optional.of(Fit.NATIVE);
        }
        return runs(emulatedPlatforms, build) ? Optional.of(Fit.EMULATED) : Optional.empty();
    }

    private static boolean runs(List<Platform> hosts, QueuedBuild build) {
        return hosts.stream().anyMatch(host -> host.distanceTo(build.platform()).isPresent());
    }
}
