package dev.slipway.build.embedded;

import static dev.slipway.build.embedded.Builds.AMD64;
import static dev.slipway.build.embedded.Builds.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuiltImage;
import dev.slipway.build.embedded.tree.Tars;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardLabelsTest {
    private static final String OCI = "org.opencontainers.image.";

    private Builds builds;

    @BeforeEach
    void start(@TempDir Path directory) {
        builds = new Builds(directory).file("x", "x");
        builds.revision = "0123456789abcdef0123456789abcdef01234567";
        builds.source = "https://git.test/app";
    }

    @AfterEach
    void stop() {
        builds.close();
    }

    @Test
    void saysWhatIsKnown() {
        Reference.Digested base = builds.base("alpine", ImageConfig.of(AMD64), new Tars().file("a", "a"));

        BuiltImage image = builds.build("FROM alpine AS below", "FROM below");

        assertThat(builds.config(image).labels())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        OCI + "revision",
                        "0123456789abcdef0123456789abcdef01234567",
                        OCI + "source",
                        "https://git.test/app",
                        OCI + "created",
                        "2026-01-02T03:04:05Z",
                        OCI + "base.name",
                        "registry.test/library/alpine:1",
                        OCI + "base.digest",
                        base.digest().value(),
                        OCI + "architecture",
                        "amd64",
                        "otel.traceid",
                        TRACE));
        assertThat(builds.manifest(image).annotations())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        OCI + "revision", "0123456789abcdef0123456789abcdef01234567",
                        OCI + "source", "https://git.test/app",
                        OCI + "created", "2026-01-02T03:04:05Z",
                        OCI + "base.name", "registry.test/library/alpine:1",
                        OCI + "base.digest", base.digest().value()));
    }

    @Test
    void saysNothingOfABaseWhereThereIsNone() {
        builds.revision = null;
        builds.source = null;

        assertThat(builds.config(builds.build(Platform.parse("linux/arm/v7"), "FROM scratch"))
                        .labels())
                .containsOnlyKeys(OCI + "created", OCI + "architecture", "otel.traceid")
                .containsEntry(OCI + "architecture", "arm");
    }

    @Test
    void letsTheRequestWinOverTheDockerfileOverWhatIsKnownOverTheBase() {
        builds.base(
                "alpine",
                ImageConfig.of(AMD64)
                        .withLabels(Map.of(
                                "kept",
                                "base",
                                "dockerfile",
                                "base",
                                "request",
                                "base",
                                OCI + "version",
                                "3.20",
                                OCI + "source",
                                "https://git.test/base")),
                new Tars().file("a", "a"));
        builds.labels = Map.of("request", "request", OCI + "title", "requested");

        Map<String, String> labels = builds.config(builds.build(
                        "FROM alpine",
                        "LABEL dockerfile=dockerfile request=dockerfile",
                        "LABEL %srevision=own %stitle=own".formatted(OCI, OCI)))
                .labels();

        assertThat(labels)
                .containsEntry("kept", "base")
                .containsEntry("dockerfile", "dockerfile")
                .containsEntry("request", "request")
                .containsEntry(OCI + "version", "3.20")
                .containsEntry(OCI + "source", "https://git.test/app")
                .containsEntry(OCI + "revision", "own")
                .containsEntry(OCI + "title", "requested");
    }

    @Test
    void forgetsWhatTheBaseSaysOfItsOwnSource() {
        builds.revision = null;
        builds.source = null;
        builds.base(
                "alpine",
                ImageConfig.of(AMD64)
                        .withLabels(Map.of(OCI + "revision", "of the base", OCI + "source", "of the base")),
                new Tars().file("a", "a"));

        assertThat(builds.config(builds.build("FROM alpine")).labels())
                .doesNotContainKeys(OCI + "revision", OCI + "source");
    }

    @Test
    void takesLabelsOfTheStagesBelow() {
        assertThat(builds.config(builds.build(
                                "FROM scratch AS a", "LABEL one=1 two=1", "FROM a", "LABEL two=2", "FROM scratch AS b"))
                        .labels())
                .doesNotContainKeys("one", "two");
        builds.target = "1";
        assertThat(builds.config(builds.build("FROM scratch AS a", "LABEL one=1 two=1", "FROM a", "LABEL two=2"))
                        .labels())
                .containsEntry("one", "1")
                .containsEntry("two", "2");
    }

    @Test
    void putsRequestedAnnotationsOnTheManifestOnly() {
        builds.annotations = Map.of("team", "infra", OCI + "source", "https://git.test/mirror");

        BuiltImage image = builds.build("FROM scratch");

        assertThat(builds.manifest(image).annotations())
                .containsEntry("team", "infra")
                .containsEntry(OCI + "source", "https://git.test/mirror");
        assertThat(builds.config(image).labels()).doesNotContainKey("team");
    }

    @Test
    void keepsWhatDiffersFromRequestToRequestOutOfReproducibleImages() {
        builds.reproducible = true;
        BuiltImage first = builds.build("FROM scratch", "COPY x /x");
        builds.created = Instant.parse("2027-07-07T07:07:07Z");
        builds.trace = "ffffffffffffffffffffffffffffffff";
        builds.buildId = "ffffffffffffffffffffffffffffffff";

        BuiltImage second = builds.build("FROM scratch", "COPY x /x");

        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(builds.config(first).created()).contains(Instant.EPOCH);
        assertThat(builds.config(first).labels()).doesNotContainKeys(OCI + "created", "otel.traceid");
        assertThat(builds.manifest(first).annotations()).doesNotContainKeys(OCI + "created", "otel.traceid");
        assertThat(new String(builds.config(first).bytes(), StandardCharsets.UTF_8))
                .doesNotContain("2026", "2027", TRACE);
    }

    @Test
    void tellsOfTheRequestInAReferrerOfAReproducibleImage() {
        builds.reproducible = true;

        BuiltImage image = builds.build("FROM scratch");

        assertThat(image.referrers()).hasSize(1);
        Descriptor referrer = image.referrers().getFirst();
        assertThat(referrer.artifactType()).isEqualTo("application/vnd.slipway.request.v1+json");
        assertThat(referrer.annotations())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(OCI + "created", "2026-01-02T03:04:05Z", "otel.traceid", TRACE));
        ImageManifest stored = ImageManifest.of(
                builds.staging.manifest(referrer.digest().value()).orElseThrow());
        assertThat(stored.subject()).contains(image.manifest().descriptor());
        assertThat(builds.staging.referrers(image.manifest().digest(), Optional.empty()))
                .containsExactly(referrer);
        builds.reproducible = false;
        assertThat(builds.build("FROM scratch").referrers()).isEmpty();
    }
}
