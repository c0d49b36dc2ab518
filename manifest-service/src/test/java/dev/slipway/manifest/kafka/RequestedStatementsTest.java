package dev.slipway.manifest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestedStatementsTest {
    private static final String SPDX = "application/spdx+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    @Test
    void missesTheSbomOfOnePlatform() throws IOException {
        List<Failure> missing = RequestedStatements.missing(
                ready("\"sbom\": true", image("linux/amd64", SPDX), image("linux/arm/v7", IN_TOTO)));

        assertThat(missing).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.CHILD_SBOM_MISSING);
            assertThat(failure.message()).contains("SBOM", "linux/arm/v7", "sha256:");
            assertThat(failure.concerns()).isEqualTo("linux/arm/v7");
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void missesProvenance() throws IOException {
        assertThat(RequestedStatements.missing(ready("\"provenance\": true", image("linux/amd64", SPDX))))
                .extracting(Failure::code)
                .containsExactly(FailureCode.CHILD_PROVENANCE_MISSING);
    }

    @Test
    void missesNothingThatNobodyWants() throws IOException {
        assertThat(RequestedStatements.missing(ready("\"sign\": true", image("linux/amd64"))))
                .isEmpty();
    }

    @Test
    void missesNothingThatIsThere() throws IOException {
        assertThat(RequestedStatements.missing(
                        ready("\"sbom\": true, \"provenance\": true", image("linux/amd64", SPDX, IN_TOTO))))
                .isEmpty();
    }

    private static ImageAssemblyReady ready(String wants, PlatformImage... images) throws IOException {
        String descriptor =
                "{\"mediaType\": \"application/x\", \"digest\": \"sha256:%s\", \"size\": 1}".formatted("a".repeat(64));
        BuildRequested request = EventJson.mapper()
                .readValue(
                        "{\"source\": {\"artifact\": {\"descriptor\": %s}}, \"platforms\": \"linux/amd64\", \"tags\": [\"r.io/a:1\"], %s}"
                                .formatted(descriptor, wants),
                        BuildRequested.class);
        BuildPlan plan = new BuildPlan(request, Instant.EPOCH, "t", "embedded", Map.of(), Map.of());
        return new ImageAssemblyReady("b".repeat(32), plan, List.of(images), List.of(), List.of());
    }

    private static PlatformImage image(String platform, String... artifactTypes) {
        return new PlatformImage(
                platform,
                null,
                descriptor(null),
                Arrays.stream(artifactTypes)
                        .map(RequestedStatementsTest::descriptor)
                        .toList());
    }

    private static Descriptor descriptor(@Nullable String artifactType) {
        return new Descriptor(
                "application/vnd.oci.image.manifest.v1+json", "sha256:" + "c".repeat(64), 1, artifactType, Map.of());
    }
}
