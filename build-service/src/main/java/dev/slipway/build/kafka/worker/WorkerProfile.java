package dev.slipway.build.kafka.worker;

import java.util.List;
import java.util.Map;

/**
 * What this worker is and can do.
 *
 * @param worker its name, which survives restarts
 * @param incarnation grows with each start of the process
 */
public record WorkerProfile(
        String worker,
        long incarnation,
        String pool,
        Map<String, String> labels,
        List<String> nativePlatforms,
        List<String> emulatedPlatforms,
        List<String> builders,
        int slots) {

    public WorkerProfile {
        if (slots < 1) {
            throw new IllegalArgumentException("slots of worker '%s' must be 1 or more: %d".formatted(worker, slots));
        }
        labels = Map.copyOf(labels);
        nativePlatforms = List.copyOf(nativePlatforms);
        emulatedPlatforms = List.copyOf(emulatedPlatforms);
        builders = List.copyOf(builders);
    }

    boolean isMe(String name, long ofIncarnation) {
        return worker.equals(name) && incarnation == ofIncarnation;
    }
}
