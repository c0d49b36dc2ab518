package dev.slipway.gateway.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A worker by its last report.
 *
 * @param slots how many platform builds it runs at once
 */
public record FleetWorker(
        String worker,
        String pool,
        State state,
        Map<String, String> labels,
        List<String> nativePlatforms,
        List<String> emulatedPlatforms,
        List<String> builders,
        int slots,
        List<Running> running,
        Instant reportedAt) {

    /** Whether builds go to it. */
    public enum State {
        READY,
        /** It ends what it runs and takes nothing new. */
        DRAINING,
        /** It has missed several reports: its builds are given to others. */
        SILENT
    }

    /** What it builds. */
    public record Running(String buildId, String platform, int attempt) {}

    public FleetWorker {
        labels = Map.copyOf(labels);
        nativePlatforms = List.copyOf(nativePlatforms);
        emulatedPlatforms = List.copyOf(emulatedPlatforms);
        builders = List.copyOf(builders);
        running = List.copyOf(running);
    }
}
