package dev.slipway.manifest.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyOutcome.Unchangeable;
import dev.slipway.manifest.Requests;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.WriteIndex;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyChildren;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.manifest.signing.Images;
import dev.slipway.manifest.signing.StagedSignatures;
import dev.slipway.manifest.staging.StagingRepository;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryRegistry;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.IndexChange;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.image.SignImage;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.keys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeIndexTest {
    private static final RepositoryName SHOP = new RepositoryName("registry.test", "shop");
    private static final RepositoryName OTHER = new RepositoryName("registry.test", "other");
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    private final MemoryRegistry registry = new MemoryRegistry();
    private final MemoryStore shop = registry.open(SHOP);
    private final MemoryStore other = registry.open(OTHER);
    private final MemoryStore staging = registry.open(new RepositoryName("registry.test", "staging"));
    private final SigningKey key = Images.key();

    private Child amd64;
    private Child arm64;

    @BeforeEach
    void push() {
        amd64 = Images.push(shop, "linux/amd64", "for amd64");
        arm64 = Images.push(shop, "linux/arm64", "for arm64");
        shop.tag(
                ImageIndex.of(List.of(entry(amd64), entry(arm64)))
                        .withAnnotations(Map.of("a", "1"))
                        .manifest(),
                "1");
    }

    @Test
    void appendsAnImageOfAnotherRepository() {
        Child riscv = Images.push(other, "linux/riscv64", "for riscv64");
        other.tag(other.manifest(riscv.manifest().digest().value()).orElseThrow(), "riscv");

        AssemblyOutcome.Assembled assembled = assembled(append("registry.test/other:riscv"));

        ImageIndex index = staged(assembled);
        assertThat(index.manifests()).containsExactly(entry(amd64), entry(arm64), entry(riscv));
        assertThat(index.annotations()).isEqualTo(Map.of("a", "1"));
        assertThat(staging.sent).isEmpty();
        assertThat(index.images())
                .allSatisfy(image -> assertThat(ImageManifest.of(
                                        staging.manifest(image.digest().value()).orElseThrow())
                                .layers())
                        .isNotEmpty()
                        .allMatch(layer -> staging.hasBlob(layer.digest())));
    }

    @Test
    void replacesAnImage() {
        Child newer = Images.push(other, "linux/arm64", "a newer one");
        other.tag(other.manifest(newer.manifest().digest().value()).orElseThrow(), "arm");

        AssemblyOutcome.Assembled assembled = assembled(plan(
                List.of("registry.test/other:arm"),
                new IndexChange.Removal(List.of(), List.of(arm64.manifest().digest())),
                false));

        assertThat(staged(assembled).manifests()).containsExactly(entry(amd64), entry(newer));
    }

    @Test
    void leavesOutWhatIsRemoved() {
        AssemblyOutcome.Assembled assembled = assembled(remove("linux/amd64"));

        assertThat(staged(assembled).manifests()).containsExactly(entry(arm64));
        assertThat(staging.manifest(amd64.manifest().digest().value())).isEmpty();
    }

    @Test
    void aSecondTimeGivesTheSameThoughTheTagMovedOn() {
        AssemblyOutcome first = change(remove("linux/amd64"));
        shop.tag(staged((AssemblyOutcome.Assembled) first).manifest(), "1");

        assertThat(change(remove("linux/amd64"))).isEqualTo(first);
    }

    @Test
    void carriesWhatIsAttachedInEitherForm() {
        Descriptor sbom = shop.putManifest(ImageManifest.artifact(
                        "application/spdx+json", List.of(Images.blob(shop, "application/spdx+json", "{}")))
                .withSubject(arm64.manifest())
                .manifest());
        String tag = SignatureTypes.signatureTag(arm64.manifest().digest());
        Descriptor signature = shop.tag(
                ImageManifest.artifact("a/signature", List.of(Images.blob(shop, "a/signature", "by others")))
                        .manifest(),
                tag);

        AssemblyOutcome.Part part = assembled(remove("linux/amd64")).images().getFirst();

        assertThat(part.attached())
                .extracting(one -> one.manifest().digest(), Signatures.Attached::tag)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(sbom.digest(), Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple(signature.digest(), Optional.of(tag)));
        assertThat(part.attached())
                .allSatisfy(one -> assertThat(
                                staging.manifest(one.manifest().digest().value()))
                        .isPresent());
    }

    @Test
    void signsTheIndexAndNoImageTwice() {
        new SignImage(shop, SHOP, new SignSubject(key, key), pause -> {}).sign("1", Instant.EPOCH);

        AssemblyOutcome.Assembled assembled = assembled(
                plan(List.of(), new IndexChange.Removal(List.of(Platform.parse("linux/amd64")), List.of()), true));

        assertThat(bundles(assembled.index())).hasSize(1);
        assertThat(bundles(assembled.images().getFirst())).hasSize(1);
    }

    private static Stream<Signatures.Attached> bundles(AssemblyOutcome.Part part) {
        return part.attached().stream()
                .filter(one -> SignatureTypes.BUNDLE.equals(one.manifest().artifactType()));
    }

    @Test
    void saysThatANamedImageIsNotThere() {
        assertUnchangeable(
                append("registry.test/other:gone"), Unchangeable.Reason.NOT_FOUND, "registry.test/other", "'gone'");
        ChangePlan gone = new ChangePlan(
                Reference.parse("registry.test/shop:2"),
                List.of(),
                new IndexChange.Removal(List.of(Platform.parse("linux/amd64")), List.of()),
                Optional.empty(),
                Requests.RELEASE,
                "b-index");
        assertUnchangeable(gone, Unchangeable.Reason.NOT_FOUND, "registry.test/shop", "'2'");
    }

    @Test
    void refusesASecondImageForAPlatformAndTheRemovalOfNoneOrAll() {
        assertUnchangeable(
                append("registry.test/shop@" + arm64.manifest().digest()),
                Unchangeable.Reason.CONTRADICTION,
                "linux/arm64 already");
        assertUnchangeable(remove("linux/s390x"), Unchangeable.Reason.CONTRADICTION, "linux/s390x", "linux/arm64");
        assertUnchangeable(
                remove("linux/amd64", "linux/arm64"), Unchangeable.Reason.CONTRADICTION, "no image would be left");
    }

    @Test
    void refusesWhatIsNoIndex() {
        ChangePlan image = new ChangePlan(
                Reference.parse("registry.test/shop@" + amd64.manifest().digest()),
                List.of(),
                new IndexChange.Removal(List.of(Platform.parse("linux/amd64")), List.of()),
                Optional.empty(),
                Requests.RELEASE,
                "b-index");

        assertUnchangeable(image, Unchangeable.Reason.NO_INDEX, "is no index");
    }

    @Test
    void namesAnEntryThatIsNowhere() {
        shop.deleteManifest(arm64.manifest().digest());

        assertUnchangeable(
                remove("linux/amd64"),
                Unchangeable.Reason.CHILD_NOT_FOUND,
                "linux/arm64",
                arm64.manifest().digest().value());
    }

    @Test
    void findsAnImageThatIsOfAnotherPlatformThanTheIndexSays() {
        shop.tag(
                ImageIndex.of(List.of(entry(amd64), arm64.manifest().withPlatform(Platform.parse("linux/s390x"))))
                        .manifest(),
                "1");

        AssemblyOutcome outcome = change(remove("linux/amd64"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AssemblyOutcome.Refused.class,
                        refused -> assertThat(refused.faults())
                                .extracting(ChildFault::kind)
                                .containsExactly(ChildFault.Kind.PLATFORM));
        assertThat(staging.tags()).isEmpty();
    }

    private void assertUnchangeable(ChangePlan plan, Unchangeable.Reason reason, String... words) {
        assertThat(change(plan)).isInstanceOfSatisfying(Unchangeable.class, outcome -> {
            assertThat(outcome.reason()).isEqualTo(reason);
            assertThat(outcome.message()).contains(words);
        });
        assertThat(staging.tags()).isEmpty();
    }

    private static Descriptor entry(Child child) {
        return child.manifest().withPlatform(child.platform());
    }

    private static ChangePlan append(String image) {
        return plan(List.of(image), IndexChange.Removal.NOTHING, false);
    }

    private static ChangePlan remove(String... platforms) {
        return plan(
                List.of(),
                new IndexChange.Removal(
                        Stream.of(platforms).map(Platform::parse).toList(), List.of()),
                false);
    }

    private static ChangePlan plan(List<String> append, IndexChange.Removal removal, boolean sign) {
        return new ChangePlan(
                Reference.parse("registry.test/shop:1"),
                append.stream().map(Reference::parse).toList(),
                removal,
                sign ? Optional.of(new Signatures.Order(List.of(SHOP), CREATED)) : Optional.empty(),
                Requests.RELEASE,
                "b-index");
    }

    private AssemblyOutcome.Assembled assembled(ChangePlan plan) {
        AssemblyOutcome outcome = change(plan);
        assertThat(outcome).isInstanceOf(AssemblyOutcome.Assembled.class);
        return (AssemblyOutcome.Assembled) outcome;
    }

    private ImageIndex staged(AssemblyOutcome.Assembled assembled) {
        ImageIndex index = ImageIndex.of(staging.manifest("b-index").orElseThrow());
        assertThat(index.digest()).isEqualTo(assembled.index().manifest().digest());
        return index;
    }

    private AssemblyOutcome change(ChangePlan plan) {
        StagingRepository staged = new StagingRepository(staging);
        InstantSource clock = InstantSource.system();
        VerifyLimits limits = new VerifyLimits(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(10));
        return new ChangeIndex(
                        registry::open,
                        staging,
                        new VerifyChildren(staged, new VerifiedLayers(Duration.ZERO, clock), limits, clock),
                        new WriteIndex(
                                staged,
                                Optional.of(new StagedSignatures(staging, new SignSubject(key, key))),
                                Optional.empty()))
                .change(plan);
    }
}
