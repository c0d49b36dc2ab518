package dev.slipway.manifest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.manifest.AssembleIndex;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyPlan;
import dev.slipway.manifest.Gate;
import dev.slipway.manifest.Requests;
import dev.slipway.manifest.WriteIndex;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyChildren;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.manifest.signing.Images;
import dev.slipway.manifest.staging.StagingRepository;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.policy.gate.Policies;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CelGateTest {
    private static final String SPDX = "application/spdx+json";

    private final MemoryStore staging = MemoryStore.alone();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    @TempDir
    Path directory;

    @Test
    void writesNothingWhereARuleDenies() throws IOException {
        AssemblyOutcome outcome = assemble("image.config.user != ''", "deny", image("linux/amd64"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AssemblyOutcome.Denied.class,
                        denied -> assertThat(denied.decision().violations())
                                .containsExactly(
                                        new Gate.Violation("one", true, Optional.of("linux/amd64"), "refused")));
        assertThat(staging.tags()).isEmpty();
        SpanData span = spans.getFinishedSpanItems().getFirst();
        assertThat(span.getName()).isEqualTo("ask policies");
        assertThat(span.getAttributes().asMap().toString()).contains("slipway.policy.decision=DENIED");
    }

    @Test
    void passesWithAWarning() throws IOException {
        AssemblyOutcome outcome = assemble("image.config.user != ''", "warn", image("linux/amd64"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AssemblyOutcome.Assembled.class,
                        assembled -> assertThat(
                                        assembled.decision().orElseThrow().violations())
                                .containsExactly(
                                        new Gate.Violation("one", false, Optional.of("linux/amd64"), "refused")));
        assertThat(staging.tags()).containsExactly("b-index");
    }

    @Test
    void tellsTargetsAndTenant() throws IOException {
        AssemblyOutcome outcome = assemble(
                "request.tenant == 'acme' && request.mode == 'release' && targets[0].registry == 'ghcr.io' &&"
                        + " targets[0].repository == 'acme/shop' && targets[0].tag == '1.0'",
                "deny",
                image("linux/amd64"));

        assertThat(outcome).isInstanceOf(AssemblyOutcome.Assembled.class);
    }

    @Test
    void readsTheSbomOfAPlatform() throws IOException {
        Child image = withSbom("""
                {"spdxVersion": "SPDX-2.3", "documentDescribes": ["SPDXRef-image"], "packages": [
                  {"SPDXID": "SPDXRef-image", "name": "shop"},
                  {"SPDXID": "SPDXRef-musl", "name": "musl", "versionInfo": "1.2.5", "licenseConcluded": "NOASSERTION",
                   "licenseDeclared": "(MIT OR Apache-2.0)", "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER",
                     "referenceType": "purl", "referenceLocator": "pkg:apk/alpine/musl@1.2.5"}]}]}
                """);

        AssemblyOutcome outcome = assemble(
                "image.sbom.packages.size() == 1 && image.sbom.packages[0].licenses == ['MIT', 'Apache-2.0'] &&"
                        + " image.sbom.packages[0].purl == 'pkg:apk/alpine/musl@1.2.5'",
                "deny",
                image);

        assertThat(outcome).isInstanceOf(AssemblyOutcome.Assembled.class);
    }

    @Test
    void takesNoUnreadableSbomForAnAbsentOne() throws IOException {
        AssemblyOutcome outcome = assemble("!has(image.sbom)", "deny", withSbom("{\"spdxVersion\": \"SPDX-"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AssemblyOutcome.Denied.class,
                        denied -> assertThat(denied.decision()
                                        .violations()
                                        .getFirst()
                                        .message())
                                .contains("is not JSON"));
    }

    @Test
    void saysTheSameAgain() throws IOException {
        assertThat(assemble("image.config.user != ''", "deny", image("linux/amd64")))
                .isEqualTo(assemble("image.config.user != ''", "deny", image("linux/amd64")));
    }

    private AssemblyOutcome assemble(String expression, String action, Child... children) throws IOException {
        Files.writeString(
                directory.resolve("rules.yaml"),
                "validations:\n- {name: one, action: %s, message: refused, expression: \"%s\"}\n"
                        .formatted(action, expression));
        InstantSource clock = InstantSource.system();
        SdkTracerProvider tracing = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        StagingRepository staged = new StagingRepository(staging);
        return new AssembleIndex(
                        new VerifyChildren(
                                staged, new VerifiedLayers(Duration.ZERO, clock), VerifyLimits.DEFAULT, clock),
                        new WriteIndex(
                                staged,
                                Optional.empty(),
                                Optional.of(new CelGate(Policies.load(directory), staging, tracing.get("test")))))
                .assemble(new AssemblyPlan(List.of(children), Map.of(), Optional.empty(), Requests.RELEASE, "b-index"));
    }

    private Child image(String platform) {
        return Images.push(staging, platform, "for " + platform);
    }

    private Child withSbom(String document) {
        Child image = image("linux/amd64");
        Descriptor blob = Images.blob(staging, SPDX, document);
        Descriptor sbom = staging.putManifest(ImageManifest.artifact(SPDX, List.of(blob))
                .withSubject(image.manifest())
                .manifest());
        return new Child(image.platform(), image.manifest(), List.of(sbom));
    }
}
