package dev.slipway.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.manifest.AssemblyOutcome.Assembled;
import dev.slipway.manifest.AssemblyOutcome.Refused;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault;
import dev.slipway.manifest.children.ChildFault.Kind;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Children that are indexes themselves, as BuildKit writes them. */
final class ChildIndexTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final MemoryStaging staging = new MemoryStaging();
    private final AssembleIndex assembleIndex = new AssembleIndex(
            staging,
            new VerifiedLayers(Duration.ZERO, InstantSource.system()),
            new VerifyLimits(Duration.ofMillis(300), Duration.ZERO, Duration.ofMillis(1)),
            Optional.empty(),
            InstantSource.system());

    @Test
    void listsAttestationsAfterAllImages() {
        // given
        Child amd = staging.image("linux/amd64", "a");
        Child arm = staging.image("linux/arm64", "b");
        Descriptor aboutAmd = attestation(amd.manifest().digest());
        Descriptor aboutArm = attestation(arm.manifest().digest());

        // when
        Assembled assembled = (Assembled) assembled(
                nested(AMD64, amd.manifest().withPlatform(AMD64), aboutAmd),
                nested(ARM64, arm.manifest().withPlatform(ARM64), aboutArm));

        // then
        ImageIndex index = ImageIndex.of(staging.tagged("b-index"));
        assertThat(index.manifests())
                .containsExactly(
                        amd.manifest().withPlatform(AMD64), arm.manifest().withPlatform(ARM64), aboutAmd, aboutArm);
        assertThat(index.attestationsOf(amd.manifest().digest())).containsExactly(aboutAmd);
        assertThat(assembled.images())
                .extracting(AssemblyOutcome.Part::manifest)
                .containsExactlyElementsOf(index.images());
    }

    @Test
    void takesAnImageWithoutAPlatformForThatOfItsConfig() {
        Child amd = staging.image("linux/amd64", "a");

        assembled(nested(AMD64, amd.manifest()));

        assertThat(ImageIndex.of(staging.tagged("b-index")).manifests())
                .containsExactly(amd.manifest().withPlatform(AMD64));
    }

    @Test
    void keepsAnArtifactThatIsNoImage() {
        Child amd = staging.image("linux/amd64", "a");
        Child other = staging.put(
                ImageManifest.artifact("application/x-chart", List.of()).manifest(), AMD64);
        Descriptor chart = new Descriptor(
                other.manifest().mediaType(),
                other.manifest().digest(),
                other.manifest().size(),
                null,
                "application/x-chart",
                Map.of());

        Assembled assembled = (Assembled) assembled(nested(AMD64, chart, amd.manifest()));

        assertThat(ImageIndex.of(staging.tagged("b-index")).manifests().getLast())
                .isEqualTo(chart);
        assertThat(assembled.images()).hasSize(1);
    }

    @Test
    void refusesAnIndexOverNoImage() {
        assertThat(refused(nested(AMD64)).kind()).isEqualTo(Kind.PLATFORM);
    }

    @Test
    void refusesAnIndexOverMoreThanWasAskedFor() {
        Descriptor amd = staging.image("linux/amd64", "a").manifest().withPlatform(AMD64);
        Descriptor arm = staging.image("linux/arm64", "b").manifest().withPlatform(ARM64);

        ChildFault fault = refused(nested(AMD64, amd, arm));

        assertThat(fault.kind()).isEqualTo(Kind.PLATFORM);
        assertThat(fault.message()).startsWith("linux/amd64 (").contains("an index over 2 images");
    }

    @Test
    void refusesAnIndexThatSaysAnotherPlatform() {
        Descriptor amd = staging.image("linux/amd64", "a").manifest().withPlatform(ARM64);

        assertThat(refused(nested(AMD64, amd)).message()).contains("an index over an image for linux/arm64");
    }

    @Test
    void refusesAnAttestationOfSomethingElse() {
        Descriptor amd = staging.image("linux/amd64", "a").manifest().withPlatform(AMD64);

        ChildFault fault = refused(nested(AMD64, amd, attestation(Digest.of(new byte[1]))));

        assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(fault.message()).contains("an attestation of an image that is not in it");
    }

    @Test
    void refusesAnAttestationThatIsNotThere() {
        Descriptor amd = staging.image("linux/amd64", "a").manifest().withPlatform(AMD64);
        Descriptor attestation = attestation(amd.digest());
        staging.manifests.remove(attestation.digest());

        ChildFault fault = refused(nested(AMD64, amd, attestation));

        assertThat(fault.kind()).isEqualTo(Kind.MISSING);
        assertThat(fault.message()).contains("lacks its attestation: " + attestation.digest());
    }

    @Test
    void refusesAnAttestationWithoutItsContent() {
        Descriptor amd = staging.image("linux/amd64", "a").manifest().withPlatform(AMD64);
        Descriptor attestation = attestation(amd.digest());
        staging.blobs.remove(statement(amd.digest()).digest());

        assertThat(refused(nested(AMD64, amd, attestation)).kind()).isEqualTo(Kind.LAYER_MISSING);
    }

    private Descriptor attestation(Digest of) {
        Descriptor statement = statement(of);
        staging.blobs.put(statement.digest(), new byte[0]);
        Manifest manifest =
                ImageManifest.of(ImageManifest.EMPTY_CONFIG, List.of(statement)).manifest();
        return staging.put(manifest, AMD64)
                .manifest()
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(Map.of(
                        ImageIndex.REFERENCE_TYPE, "attestation-manifest", ImageIndex.REFERENCE_DIGEST, of.value()));
    }

    private static Descriptor statement(Digest of) {
        return Descriptor.of("application/vnd.in-toto+json", ("statement about " + of).getBytes(UTF_8));
    }

    private Child nested(Platform announced, Descriptor... entries) {
        return staging.put(ImageIndex.of(List.of(entries)).manifest(), announced);
    }

    private AssemblyOutcome assembled(Child... children) {
        AssemblyOutcome outcome = assembleIndex.assemble(
                new AssemblyPlan(List.of(children), Map.of(), Optional.empty(), Requests.RELEASE, "b-index"));
        assertThat(outcome).isInstanceOf(Assembled.class);
        return outcome;
    }

    private ChildFault refused(Child child) {
        AssemblyOutcome outcome = assembleIndex.assemble(
                new AssemblyPlan(List.of(child), Map.of(), Optional.empty(), Requests.RELEASE, "b-index"));
        List<ChildFault> faults = new ArrayList<>(((Refused) outcome).faults());
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }
}
