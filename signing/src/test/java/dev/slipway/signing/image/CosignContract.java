package dev.slipway.signing.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.Peer;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.keys.CosignKey;
import dev.slipway.signing.keys.ReadKey;
import dev.slipway.signing.keys.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cosign says about signatures that are written here, and what is said here about cosign's, on some registry. */
abstract class CosignContract {
    private static final String PASSWORD = "of a test";
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    private final RegistryClient client = new RegistryClient();
    private CosignKey cosign;
    private SigningKey key;
    private RegistryRepository store;
    private ImageIndex index;

    /** The registry: {@code host:port}. */
    abstract String registry();

    @BeforeEach
    void push() throws IOException {
        cosign = CosignKey.generateOrSkip(directory, PASSWORD);
        key = new ReadKey(Map.of(ReadKey.PASSWORD, PASSWORD))
                .signingKey(cosign.secret().toString(), ReadKey.PASSWORD);
        store = client.repository(
                new RepositoryName(registry(), "team/app-" + Long.toHexString(Double.doubleToLongBits(Math.random()))));
        index = TestImages.push(store, "v1");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void cosign2VerifiesIndexAndEachChild() throws IOException {
        Peer verifier = Peer.orSkip("cosign");
        sign();

        for (Descriptor part : TestImages.parts(index)) {
            assertThat(verifier.run("verify", "--key", open(), "--insecure-ignore-tlog=true", name(part)))
                    .contains("The signatures were verified against the specified public key")
                    .contains(part.digest().value());
        }
    }

    @Test
    void cosign2VerifiesTheNewerFormToo() throws IOException {
        Peer verifier = Peer.orSkip("cosign");
        sign();

        for (Descriptor part : TestImages.parts(index)) {
            verifier.run("verify", "--key", open(), "--new-bundle-format", "--insecure-ignore-tlog=true", name(part));
        }
    }

    @Test
    void cosign3VerifiesIndexAndEachChild() throws IOException {
        Peer verifier = Peer.orSkip("cosign3");
        sign();

        for (Descriptor part : TestImages.parts(index)) {
            assertThat(verifier.run("verify", "--key", open(), "--insecure-ignore-tlog=true", name(part)))
                    .contains(part.digest().value());
        }
    }

    @Test
    void bothVerifyAttestations() throws IOException {
        Peer two = Peer.orSkip("cosign");
        Peer three = Peer.orSkip("cosign3");
        sign();

        for (Descriptor part : index.images()) {
            for (Peer verifier : List.of(two, three)) {
                String output = verifier.run(
                        "verify-attestation",
                        "--key",
                        open(),
                        "--type",
                        "spdxjson",
                        "--insecure-ignore-tlog=true",
                        name(part));
                assertThat(output).contains("payloadType");
            }
        }
    }

    @Test
    void orasShowsTheSignatureAsReferrer() throws IOException {
        Peer oras = Peer.orSkip("oras");
        sign();

        for (Descriptor part : TestImages.parts(index)) {
            assertThat(oras.run("discover", "--plain-http", "--format", "json", name(part)))
                    .contains(SignatureTypes.BUNDLE);
        }
    }

    /** It takes no statement for an image, so an index that has attestations cannot be asked about as a whole. */
    @Test
    void craneFindsTheSignedImagesWhole() throws IOException {
        Peer crane = Peer.orSkip("crane");
        sign();

        for (Descriptor part : index.images()) {
            assertThat(crane.run("validate", "--insecure", "--remote", name(part)))
                    .contains("PASS");
        }
    }

    @Test
    void aSecondTimeWritesNothing() {
        sign();
        Map<String, Digest> before = tags();
        int referrers = store.referrers(index.digest(), Optional.empty()).size();

        List<SignImage.Signed> again = signer().sign("v1", CREATED.plusSeconds(60));

        assertThat(again).extracting(SignImage.Signed::written).containsOnly(false);
        assertThat(tags()).isEqualTo(before);
        assertThat(store.referrers(index.digest(), Optional.empty())).hasSize(referrers);
    }

    @Test
    void whatCosignSignedStaysBesideOurs() throws IOException {
        CosignKey other = otherKey();
        signByCosign(other);

        sign();

        assertBothVerify(other);
    }

    @Test
    void oursStaysBesideWhatCosignSigns() throws IOException {
        CosignKey other = otherKey();
        sign();

        signByCosign(other);

        assertBothVerify(other);
    }

    private CosignKey otherKey() throws IOException {
        return CosignKey.generateOrSkip(Files.createDirectory(directory.resolve("others")), PASSWORD);
    }

    private void signByCosign(CosignKey other) throws IOException {
        Peer.orSkip("cosign")
                .run(
                        Map.of(ReadKey.PASSWORD, PASSWORD),
                        "sign",
                        "--key",
                        other.secret().toString(),
                        "--tlog-upload=false",
                        "-y",
                        name(index.descriptor()));
    }

    private void assertBothVerify(CosignKey other) throws IOException {
        Peer two = Peer.orSkip("cosign");
        String name = name(index.descriptor());
        two.run("verify", "--key", open(), "--insecure-ignore-tlog=true", name);
        two.run("verify", "--key", other.open().toString(), "--insecure-ignore-tlog=true", name);
        Manifest tagged =
                store.manifest(SignatureTypes.signatureTag(index.digest())).orElseThrow();
        assertThat(ImageManifest.of(tagged).layers()).hasSize(2);
    }

    @Test
    void verifiesWhatIsSignedHere() {
        sign();

        List<VerifyImage.Verified> verified = verify();

        assertThat(verified)
                .extracting(one -> one.part().name())
                .containsExactly("index", "linux/amd64", "linux/arm64", "linux/arm/v7");
        assertThat(verified).allMatch(VerifyImage.Verified::isTrusted);
        assertThat(verified.get(1).findings())
                .extracting(Finding::predicateType)
                .containsExactlyInAnyOrder(
                        "signature", "signature", SignatureTypes.SPDX_PREDICATE, SignatureTypes.SPDX_PREDICATE);
        assertThat(verified).flatExtracting(VerifyImage.Verified::findings).allMatch(Finding::isValid);
    }

    @Test
    void verifiesWhatCosignSigned() throws IOException {
        for (Descriptor part : TestImages.parts(index)) {
            cosignSigns("cosign", name(part), "--tlog-upload=false");
            cosignSigns("cosign3", name(part), "--use-signing-config=false", "--tlog-upload=false");
        }

        List<VerifyImage.Verified> verified = verify();

        assertThat(verified).allMatch(VerifyImage.Verified::isTrusted);
        assertThat(verified.getFirst().findings())
                .extracting(Finding::form)
                .containsExactly(Finding.Form.TAG, Finding.Form.REFERRER);
        assertThat(verified).flatExtracting(VerifyImage.Verified::findings).allMatch(Finding::isValid);
    }

    @Test
    void takesNoAttestationForASignature() throws IOException {
        java.nio.file.Files.writeString(directory.resolve("predicate"), "{}");
        Peer.orSkip("cosign3")
                .run(
                        Map.of(ReadKey.PASSWORD, PASSWORD),
                        "attest",
                        "--key",
                        cosign.secret().toString(),
                        "--use-signing-config=false",
                        "--tlog-upload=false",
                        "-y",
                        "--type",
                        "https://example.com/x",
                        "--predicate",
                        directory.resolve("predicate").toString(),
                        name(index.descriptor()));

        VerifyImage.Verified verified = verify().getFirst();

        assertThat(verified.isTrusted()).isFalse();
        assertThat(verified.findings()).hasSize(1).allMatch(Finding::isValid);
    }

    @Test
    void signsNothingWhereAChildIsGone() {
        assertThat(store.deleteManifest(index.images().getLast().digest())).isTrue();

        assertThatThrownBy(() -> signer().sign("v1", CREATED)).hasMessageContaining("does not have linux/arm/v7");
        assertThat(store.tags()).containsExactly("v1");
        assertThat(verify().getLast().isTrusted()).isFalse();
    }

    private void cosignSigns(String version, String name, String... options) throws IOException {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("sign", "--key", cosign.secret().toString(), "-y"));
        arguments.addAll(List.of(options));
        arguments.add(name);
        Peer.orSkip(version).run(Map.of(ReadKey.PASSWORD, PASSWORD), arguments.toArray(String[]::new));
    }

    private SignImage signer() {
        return new SignImage(store, store.name(), new SignSubject(key, key), pause -> {});
    }

    private void sign() {
        assertThat(signer().sign("v1", CREATED))
                .extracting(SignImage.Signed::written)
                .containsOnly(true);
    }

    private List<VerifyImage.Verified> verify() {
        return new VerifyImage(store, List.of(key.publicKey()), List.of(key.publicKey())).verify("v1");
    }

    private Map<String, Digest> tags() {
        Map<String, Digest> tags = new HashMap<>();
        store.tags()
                .forEach(tag -> tags.put(tag, store.resolve(tag).orElseThrow().digest()));
        return tags;
    }

    private String open() {
        return cosign.open().toString();
    }

    private String name(Descriptor part) {
        return store.name() + "@" + part.digest();
    }
}
