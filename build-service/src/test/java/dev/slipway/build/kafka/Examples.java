package dev.slipway.build.kafka;

import dev.slipway.events.BuildPlan;
import dev.slipway.events.EventIds;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.RunningBuild;
import dev.slipway.events.model.Source;
import dev.slipway.events.model.WorkerState;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events that tests send. */
public final class Examples {
    public static final Instant REQUESTED_AT = Instant.parse("2026-01-02T03:04:05Z");
    public static final Descriptor CONTEXT =
            Descriptor.of("application/vnd.oci.image.manifest.v1+json", "sha256:" + "a".repeat(64), 7);

    private Examples() {}

    public static String buildId(String name) {
        return EventIds.buildId("/test", name);
    }

    public static Cause cause(String buildId) {
        return new Cause(buildId, new TraceParent(EventIds.traceparent(buildId)), "cause");
    }

    public static BuildRequested request(Source source, String... platforms) {
        return request(source, Duration.ofHours(1), platforms);
    }

    private static BuildRequested request(Source source, Duration timeout, String... platforms) {
        return new BuildRequested(
                source,
                "Dockerfile",
                null,
                List.of(platforms),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of("127.0.0.1:5000/app:1"),
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                false,
                false,
                "default",
                Map.of(),
                0,
                BuildMode.RELEASE,
                PublishPolicy.ALL,
                null,
                timeout,
                Duration.ofHours(4),
                null);
    }

    public static BuildRequested request(String... platforms) {
        return request(staged(), platforms);
    }

    private static Source staged() {
        return new Source.Artifact(null, CONTEXT, null, null);
    }

    public static BuildPlan plan(String... platforms) {
        return plan(Duration.ofHours(1), platforms);
    }

    public static BuildPlan plan(Duration timeout, String... platforms) {
        return plan("default", timeout, platforms);
    }

    public static BuildPlan planOf(String tenant, String... platforms) {
        return plan(tenant, Duration.ofHours(1), platforms);
    }

    private static BuildPlan plan(String tenant, Duration timeout, String... platforms) {
        BuildRequested request = request(staged(), timeout, platforms);
        return new BuildPlan(request, REQUESTED_AT, tenant, "embedded", Map.of(), Map.of());
    }

    public static WorkerStatus status(
            String worker, long incarnation, int slots, List<RunningBuild> running, List<RunningBuild> finished) {
        return new WorkerStatus(
                worker,
                incarnation,
                WorkerState.READY,
                "default",
                Map.of(),
                List.of("linux/amd64"),
                List.of(),
                List.of("embedded"),
                slots,
                running,
                finished,
                REQUESTED_AT);
    }
}
