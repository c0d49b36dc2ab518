package dev.slipway.build.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.work.AttestImage;
import dev.slipway.build.work.AttestationOrder;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.oci.layout.ImageLayout;
import dev.slipway.sbom.image.CatalogueImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestInStagingTest {
    private static final String BUILD = "0123456789abcdef0123456789abcdef";
    private static final String BASE = "registry.example.org/base/os:12@sha256:" + "b".repeat(64);
    private static final String REQUEST = """
            {"source": {"git": {"url": "https://u:secret@example.org/a.git", "revision": "1"}}, "secrets": ["npm"],
             "buildArgs": {"HTTP_PROXY": "http://u:secret@proxy:3128"}}""";

    @TempDir
    private Path directory;

    private ImageLayout staging;
    private BuiltImage image;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void prepare() {
        staging = ImageLayout.at(directory.resolve("staging"));
        byte[] content = "no layer that anybody could read".getBytes(UTF_8);
        Descriptor layer = Descriptor.of(MediaTypes.LAYER_ZSTD, content);
        staging.putBlob(layer, BlobSource.of(content));
        image = new BuiltImage(
                ImageManifest.of(Descriptor.of(MediaTypes.IMAGE_CONFIG, new byte[] {1}), List.of(layer))
                        .manifest(),
                Platform.parse("linux/arm/v7"),
                List.of(),
                1,
                0,
                0,
                0);
    }

    @Test
    void writesReferrersOfTheImage() {
        List<Descriptor> referrers = attest(new AttestationOrder(true, provenance()));

        assertThat(referrers)
                .extracting(Descriptor::artifactType)
                .containsExactly("application/spdx+json", "application/vnd.in-toto+json");
        assertThat(staging.referrers(image.manifest().digest(), Optional.empty()))
                .containsExactlyInAnyOrderElementsOf(referrers);
    }

    @Test
    void statesTheSameAgain() {
        AttestationOrder order = new AttestationOrder(true, provenance());

        assertThat(attest(order)).isEqualTo(attest(order));
        assertThat(staging.referrers(image.manifest().digest(), Optional.empty()))
                .hasSize(2);
    }

    @Test
    void writesNothingUnasked() {
        assertThat(attest(AttestationOrder.NOTHING)).isEmpty();
    }

    @Test
    void warnsOfWhatIsNotInTheSbom() {
        attest(new AttestationOrder(true, Optional.empty()));

        assertThat(warnings).singleElement().asString().contains("the SBOM may lack packages", "tar+zstd");
    }

    @Test
    void datesTheSbomAsTheImageIsDated() throws IOException {
        JsonNode document = JsonTrees.read(content(attest(new AttestationOrder(true, Optional.empty())), 0));

        assertThat(document.path("creationInfo").path("created").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(document.path("documentNamespace").asText())
                .endsWith(image.manifest().digest().hex());
    }

    @Test
    void statesAllThatSlsaAsksFor() throws IOException {
        JsonNode statement = JsonTrees.read(content(attest(new AttestationOrder(false, provenance())), 0));

        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.at("/subject/0/digest/sha256").asText())
                .isEqualTo(image.manifest().digest().hex());
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        JsonNode definition = statement.path("predicate").path("buildDefinition");
        assertThat(definition.at("/externalParameters/platform").asText()).isEqualTo("linux/arm/v7");
        assertThat(definition.at("/externalParameters/request/secrets/0").asText())
                .isEqualTo("npm");
        assertThat(definition.at("/resolvedDependencies/0/uri").asText())
                .isEqualTo("pkg:oci/os@sha256%3A" + "b".repeat(64)
                        + "?repository_url=registry.example.org%2Fbase%2Fos&tag=12");
        assertThat(definition.at("/resolvedDependencies/0/digest/sha256").asText())
                .isEqualTo("b".repeat(64));
        assertThat(definition.at("/resolvedDependencies/1/digest/gitCommit").asText())
                .isEqualTo("c".repeat(40));
        assertThat(definition.at("/resolvedDependencies/1/uri").asText()).isEqualTo("git+https://example.org/a.git");
        assertThat(definition.at("/resolvedDependencies/2/digest/sha256").asText())
                .isEqualTo(Digest.of(new byte[] {2}).hex());
        JsonNode details = statement.path("predicate").path("runDetails");
        assertThat(details.at("/builder/id").asText()).isEqualTo("https://ci.example.org/buildah/release");
        assertThat(details.at("/metadata/invocationId").asText()).isEqualTo(BUILD);
        assertThat(details.at("/metadata/startedOn").asText()).isEqualTo("2026-03-02T09:14:07Z");
    }

    @Test
    void statesNoCredentials() {
        assertThat(new String(content(attest(new AttestationOrder(false, provenance())), 0), UTF_8))
                .contains("http://proxy:3128")
                .doesNotContain("secret@")
                .doesNotContain("u:");
    }

    @Test
    void marksProvenanceAsOfItsBuild() {
        assertThat(attest(new AttestationOrder(false, provenance())).getFirst().annotations())
                .containsEntry(AttestImage.BUILD_ANNOTATION, BUILD)
                .containsEntry("in-toto.io/predicate-type", "https://slsa.dev/provenance/v1");
    }

    private byte[] content(List<Descriptor> referrers, int index) {
        ImageManifest artifact = ImageManifest.of(
                staging.manifest(referrers.get(index).digest().value()).orElseThrow());
        return staging.blob(artifact.layers().getFirst());
    }

    private List<Descriptor> attest(AttestationOrder order) {
        return new AttestInStaging(
                        staging, new CatalogueImage(directory), new Identity("https://ci.example.org/", "1.2"))
                .attest(task(), image, order, observer());
    }

    private static Optional<AttestationOrder.Provenance> provenance() {
        return Optional.of(new AttestationOrder.Provenance(REQUEST, "acme", "buildah", "release"));
    }

    private static PlatformBuildTask task() {
        return new PlatformBuildTask(
                BUILD,
                Platform.parse("linux/arm/v7"),
                new BuildInputs(
                        Descriptor.of("application/x", new byte[] {2}),
                        "Dockerfile",
                        null,
                        Map.of("SOURCE_DATE_EPOCH", "1700000000"),
                        Map.of("os:12", (Reference.Digested) Reference.parse(BASE)),
                        Map.of(),
                        Map.of(),
                        Instant.parse("2026-03-02T09:14:07Z"),
                        false,
                        false,
                        BuildInputs.Resources.NONE,
                        new BuildInputs.Origin("c".repeat(40), "https://u:p@example.org/a.git", "0".repeat(32))));
    }

    private BuildObserver observer() {
        return new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {}

            @Override
            public void warning(String text) {
                warnings.add(text);
            }

            @Override
            public void output(String line) {}
        };
    }
}
