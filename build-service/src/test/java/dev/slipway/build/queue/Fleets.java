package dev.slipway.build.queue;

import dev.slipway.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tests of the scheduler speak about. */
final class Fleets {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Fleets() {}

    static QueuedBuild build(long position, String platform) {
        return build(position, platform, "embedded", "default");
    }

    static QueuedBuild build(long position, String platform, String builder, String pool) {
        return build(position, platform, builder, new WantedWorker(pool, Map.of()), "default", 0);
    }

    static QueuedBuild build(long position, String tenant, int priority) {
        return build(position, "linux/amd64", "embedded", new WantedWorker("default", Map.of()), tenant, priority);
    }

    static QueuedBuild build(
            long position, String platform, String builder, WantedWorker worker, String tenant, int priority) {
        return new QueuedBuild(new BuildKey("b" + position, platform), position, worker, builder, tenant, priority);
    }

    static WorkerReport worker(String name, int slots) {
        return report(name, 1, slots, List.of(), List.of());
    }

    static WorkerReport report(String name, long incarnation, int slots, List<Run> running, List<Run> finished) {
        return new WorkerReport(
                name,
                incarnation,
                false,
                "default",
                Map.of("env", "prod"),
                List.of(Platform.parse("linux/amd64")),
                List.of(Platform.parse("linux/arm64")),
                Set.of("embedded", "buildah"),
                slots,
                running,
                finished);
    }

    static WorkerReport draining(WorkerReport report) {
        return new WorkerReport(
                report.worker(),
                report.incarnation(),
                true,
                report.pool(),
                report.labels(),
                report.nativePlatforms(),
                report.emulatedPlatforms(),
                report.builders(),
                report.slots(),
                report.running(),
                report.finished());
    }

    static WorkerReport natively(WorkerReport report, String platform) {
        return new WorkerReport(
                report.worker(),
                report.incarnation(),
                report.draining(),
                report.pool(),
                report.labels(),
                List.of(Platform.parse(platform)),
                List.of(),
                report.builders(),
                report.slots(),
                report.running(),
                report.finished());
    }
}
