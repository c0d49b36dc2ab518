package dev.slipway.manifest.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store keeps of an open build: under 4 KiB, and 600 bytes for each platform. */
final class JoinStateSizeTest {
    private static final String BUILD = EventIds.buildId("/test", "large");
    private static final List<String> TEN = List.of(
            "linux/amd64",
            "linux/arm64",
            "linux/arm/v7",
            "linux/arm/v6",
            "linux/riscv64",
            "linux/s390x",
            "linux/ppc64le",
            "linux/386",
            "linux/mips64le",
            "linux/loong64");

    private final JoinDriver join = new JoinDriver();

    @AfterEach
    void close() {
        join.close();
    }

    @Test
    void staysSmallForTenPlatformsWithSbomAndProvenance() {
        join.pipe(Samples.planned(BUILD, TEN, List.of()));
        assertThat(join.store.bytes()).as("with the plan alone").isPositive().isLessThan(4096);

        int done = 0;
        for (String platform : TEN.subList(0, 9)) {
            join.pipe(built(platform));
            done++;
            assertThat(join.store.bytes())
                    .as("with %d platforms", done)
                    .isGreaterThan(100 * done)
                    .isLessThan(4096 + 600 * done);
        }
    }

    /** As a worker says it, with referrers as they are written for each image. */
    private static PlatformBuilt built(String platform) {
        PlatformBuilt plain = Samples.built(BUILD, platform, 1);
        List<Descriptor> referrers = List.of(
                referrer(platform, "application/spdx+json", "https://spdx.dev/Document"),
                referrer(platform, "application/vnd.in-toto+json", "https://slsa.dev/provenance/v1"));
        PlatformImage image = new PlatformImage(
                platform,
                null,
                Descriptor.of("application/vnd.oci.image.manifest.v1+json", digest("image of " + platform), 1234),
                referrers);
        return new PlatformBuilt(
                BUILD,
                1,
                image,
                plain.worker(),
                plain.builder(),
                false,
                false,
                plain.startedAt(),
                plain.finishedAt(),
                null,
                null);
    }

    private static Descriptor referrer(String platform, String type, String predicate) {
        return new Descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                digest(type + " of " + platform),
                812,
                type,
                Map.of(
                        "in-toto.io/predicate-type",
                        predicate,
                        "org.opencontainers.image.created",
                        "2026-01-02T03:04:05Z"));
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }
}
