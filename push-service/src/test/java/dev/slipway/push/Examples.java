package dev.slipway.push;

import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.Source;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events that tests send. */
public final class Examples {
    /** Long after any clock that tests run by. */
    public static final Duration DEADLINE = Duration.ofDays(36_500);

    public static final Instant REQUESTED_AT = Instant.parse("2026-01-02T03:04:05Z");

    private Examples() {}

    /** An image in staging that all of the tags shall name. */
    public static ImageAssembled assembled(String buildId, TestImage image, String... tags) {
        List<PlatformImage> images = List.of(
                new PlatformImage(
                        "linux/amd64", null, event(image.children().get(0).descriptor()), List.of()),
                new PlatformImage(
                        "linux/arm64", null, event(image.children().get(1).descriptor()), List.of()));
        return new ImageAssembled(
                buildId,
                new BuildPlan(request(tags), REQUESTED_AT, "default", "embedded", Map.of(), Map.of()),
                event(image.index().descriptor()),
                images,
                List.of(),
                List.of());
    }

    /** The same, with something that refers to the index. */
    public static ImageAssembled assembled(String buildId, TestImage image, Manifest referrer, String... tags) {
        ImageAssembled plain = assembled(buildId, image, tags);
        return new ImageAssembled(
                buildId,
                plain.plan(),
                plain.index(),
                plain.images(),
                plain.missingPlatforms(),
                List.of(event(referrer.descriptor())));
    }

    private static BuildRequested request(String... tags) {
        return new BuildRequested(
                new Source.Git("https://git.test/app.git", "a".repeat(40), null),
                "Dockerfile",
                null,
                List.of("linux/amd64", "linux/arm64"),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(tags),
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
                dev.slipway.events.model.PublishPolicy.ALL,
                null,
                Duration.ofHours(1),
                DEADLINE,
                null);
    }

    private static dev.slipway.events.model.Descriptor event(Descriptor descriptor) {
        return dev.slipway.events.model.Descriptor.of(
                descriptor.mediaType(), descriptor.digest().value(), descriptor.size());
    }
}
