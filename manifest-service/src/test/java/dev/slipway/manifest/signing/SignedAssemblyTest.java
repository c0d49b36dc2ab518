package dev.slipway.manifest.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.manifest.AssembleIndex;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyPlan;
import dev.slipway.manifest.Requests;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.manifest.staging.StagingRepository;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.cosign.Envelope;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.keys.SigningKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SignedAssemblyTest {
    private static final RepositoryName HERE = new RepositoryName("a.example", "team/app");
    private static final RepositoryName THERE = new RepositoryName("b.example", "app");
    private static final Signatures.Order ORDER =
            new Signatures.Order(List.of(HERE, THERE, HERE), Instant.parse("2026-01-02T03:04:05Z"));

    private final MemoryStore staging = MemoryStore.alone();
    private final SigningKey key = Images.key();
    private final SigningKey attestationKey = Images.key();

    @Test
    void signsTheIndexAndEachImageForEachRepository() {
        AssemblyOutcome.Assembled assembled = assembled(image("linux/amd64"), image("linux/arm64"));

        assertThat(parts(assembled)).hasSize(3).allSatisfy(part -> {
            assertThat(part.attached())
                    .extracting(Signatures.Attached::tag, Signatures.Attached::repository)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Optional.empty(), Optional.empty()),
                            org.assertj.core.groups.Tuple.tuple(sig(part), Optional.of(HERE)),
                            org.assertj.core.groups.Tuple.tuple(sig(part), Optional.of(THERE)));
            assertThat(part.attached())
                    .allSatisfy(attached -> assertThat(staging.manifest(
                                    attached.manifest().digest().value()))
                            .isPresent());
            Envelope signature = bundle(part.attached().getFirst());
            assertThat(signature.verifies(part.manifest().digest(), key.publicKey()))
                    .isTrue();
            assertThat(signature.verifies(part.manifest().digest(), attestationKey.publicKey()))
                    .isFalse();
        });
    }

    private static Optional<String> sig(AssemblyOutcome.Part part) {
        return Optional.of(SignatureTypes.signatureTag(part.manifest().digest()));
    }

    @Test
    void attestsSbomAndProvenanceByTheOtherKey() {
        Child image = image("linux/amd64");
        Descriptor sbom = artifact(image, "application/spdx+json", "{\"spdxVersion\":\"SPDX-2.3\"}");
        Descriptor provenance = artifact(
                image,
                SignatureTypes.IN_TOTO,
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[],"
                        + "\"predicateType\":\"https://slsa.dev/provenance/v1\",\"predicate\":{\"a\":1.50}}");

        AssemblyOutcome.Part part = assembled(new Child(image.platform(), image.manifest(), List.of(sbom, provenance)))
                .images()
                .getFirst();

        List<Envelope> attestations = part.attached().stream()
                .filter(attached -> attached.tag().isEmpty())
                .skip(1)
                .map(this::bundle)
                .toList();
        assertThat(attestations)
                .extracting(Envelope::predicateType)
                .containsExactly("https://spdx.dev/Document", "https://slsa.dev/provenance/v1");
        assertThat(attestations).allMatch(one -> one.verifies(part.manifest().digest(), attestationKey.publicKey()));
        assertThat(part.attached().getLast())
                .satisfies(last -> assertThat(last.repository()).isEmpty())
                .satisfies(last -> assertThat(last.tag())
                        .contains(SignatureTypes.attestationTag(part.manifest().digest())));
    }

    @Test
    void aSecondTimeGivesTheSameAndWritesNothing() {
        Child image = image("linux/amd64");
        AssemblyOutcome.Assembled first = assembled(image);
        staging.sent.clear();

        assertThat(assembled(image)).isEqualTo(first);
        assertThat(staging.sent).isEmpty();
    }

    @Test
    void signsNothingThatNobodyWantsSigned() {
        AssemblyOutcome outcome = assemble(Optional.of(signatures()), Optional.empty(), image("linux/amd64"));

        assertThat(parts((AssemblyOutcome.Assembled) outcome))
                .allSatisfy(part -> assertThat(part.attached()).isEmpty());
    }

    @Test
    void writesNothingWhereTheKeyIsMissing() {
        AssemblyOutcome outcome = assemble(Optional.empty(), Optional.of(ORDER), image("linux/amd64"));

        assertThat(outcome).isInstanceOf(AssemblyOutcome.NoKey.class);
        assertThat(staging.tags()).isEmpty();
    }

    private static Stream<AssemblyOutcome.Part> stream(AssemblyOutcome.Assembled assembled) {
        return Stream.concat(Stream.of(assembled.index()), assembled.images().stream());
    }

    private static List<AssemblyOutcome.Part> parts(AssemblyOutcome.Assembled assembled) {
        return stream(assembled).toList();
    }

    private Envelope bundle(Signatures.Attached attached) {
        ImageManifest manifest = ImageManifest.of(
                staging.manifest(attached.manifest().digest().value()).orElseThrow());
        return Envelope.parseBundle(staging.blob(manifest.layers().getFirst()));
    }

    private Signatures signatures() {
        return new StagedSignatures(staging, new SignSubject(key, attestationKey));
    }

    private AssemblyOutcome.Assembled assembled(Child... children) {
        AssemblyOutcome outcome = assemble(Optional.of(signatures()), Optional.of(ORDER), children);
        assertThat(outcome).isInstanceOf(AssemblyOutcome.Assembled.class);
        assertThat(ImageIndex.of(staging.manifest("b-index").orElseThrow()).images())
                .hasSize(children.length);
        return (AssemblyOutcome.Assembled) outcome;
    }

    private AssemblyOutcome assemble(
            Optional<Signatures> signatures, Optional<Signatures.Order> order, Child... children) {
        InstantSource clock = InstantSource.system();
        return new AssembleIndex(
                        new StagingRepository(staging),
                        new VerifiedLayers(java.time.Duration.ZERO, clock),
                        VerifyLimits.DEFAULT,
                        signatures,
                        clock)
                .assemble(new AssemblyPlan(List.of(children), Map.of(), order, Requests.RELEASE, "b-index"));
    }

    private Child image(String platform) {
        return Images.push(staging, platform, "for " + platform);
    }

    private Descriptor artifact(Child of, String type, String content) {
        return staging.putManifest(ImageManifest.artifact(type, List.of(Images.blob(staging, type, content)))
                .withSubject(of.manifest())
                .manifest());
    }
}
