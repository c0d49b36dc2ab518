package dev.slipway.manifest.join;

import dev.slipway.events.BuildPlan;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.Source;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Facts of builds, as planner and workers say them. */
public final class Samples {
    static final Instant REQUESTED = Instant.parse("2026-01-02T03:04:05Z");
    static final Instant DEADLINE = REQUESTED.plusSeconds(600);

    private Samples() {}

    static BuildPlanned planned(String buildId, List<String> required, List<String> optional) {
        return new BuildPlanned(buildId, required, optional, DEADLINE, plan(required, optional));
    }

    public static BuildPlan plan(List<String> required, List<String> optional) {
        return new BuildPlan(
                request(required, optional),
                REQUESTED,
                "default",
                "embedded",
                Map.of(),
                Map.of("org.opencontainers.image.revision", "0123456789abcdef0123456789abcdef01234567"));
    }

    private static BuildRequested request(List<String> required, List<String> optional) {
        Source source = new Source.Artifact(
                null,
                Descriptor.of("application/vnd.oci.image.manifest.v1+json", "sha256:" + "0".repeat(64), 7),
                null,
                null);
        try {
            return EventJson.mapper()
                    .readValue(
                            EventJson.mapper()
                                    .writeValueAsBytes(Map.of(
                                            "source",
                                            Map.of("artifact", source),
                                            "platforms",
                                            required,
                                            "optionalPlatforms",
                                            optional,
                                            "tags",
                                            List.of("127.0.0.1:5000/team/app:1"))),
                            BuildRequested.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PlatformBuilt built(String buildId, String platform, int attempt) {
        return new PlatformBuilt(
                buildId,
                attempt,
                image(platform, attempt),
                "worker-" + attempt,
                "embedded",
                false,
                false,
                REQUESTED,
                REQUESTED.plusSeconds(attempt),
                null,
                null);
    }

    static PlatformImage image(String platform, int attempt) {
        String digest = "sha256:%064x".formatted(platform.hashCode() * 31L + attempt & 0xffffffffL);
        return new PlatformImage(
                platform, null, Descriptor.of("application/vnd.oci.image.manifest.v1+json", digest, 1234), List.of());
    }

    static PlatformBuildFailed failed(String buildId, String platform, int attempt) {
        return new PlatformBuildFailed(
                buildId,
                platform,
                attempt,
                "worker-" + attempt,
                new Failure(FailureCode.BUILD_STEP_FAILED, "COPY of %s failed".formatted(platform), null, false),
                null);
    }
}
