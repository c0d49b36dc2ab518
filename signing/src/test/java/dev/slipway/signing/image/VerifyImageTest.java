package dev.slipway.signing.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.Pem;
import dev.slipway.signing.VerificationKey;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.keys.ReadKey;
import dev.slipway.signing.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody without the key can make of signatures that are there. */
final class VerifyImageTest {
    private final MemoryStore store = MemoryStore.alone();
    private final SigningKey key = key();

    @Test
    void believesWhatItSigned() {
        sign(image("linux/amd64", "signed"));

        assertThat(verify("signed").isTrusted()).isTrue();
        assertThat(verify("signed").findings()).hasSize(2).allMatch(Finding::isValid);
    }

    @Test
    void doesNotBelieveASignatureOfAnotherImageByTag() {
        Descriptor signed = image("linux/amd64", "signed");
        Descriptor other = image("linux/arm64", "other");
        sign(signed);

        store.tag(
                store.manifest(SignatureTypes.signatureTag(signed.digest())).orElseThrow(),
                SignatureTypes.signatureTag(other.digest()));

        assertThat(verify("other").findings()).containsExactly(notVerified(Finding.Form.TAG));
        assertThat(verify("other").isTrusted()).isFalse();
    }

    @Test
    void doesNotBelieveASignatureOfAnotherImageByReferrer() {
        Descriptor signed = image("linux/amd64", "signed");
        Descriptor other = image("linux/arm64", "other");
        sign(signed);

        Descriptor bundle = store.referrers(signed.digest(), Optional.empty()).getFirst();
        store.putManifest(
                ImageManifest.of(store.manifest(bundle.digest().value()).orElseThrow())
                        .withSubject(other)
                        .manifest());

        assertThat(verify("other").findings()).containsExactly(notVerified(Finding.Form.REFERRER));
        assertThat(verify("other").isTrusted()).isFalse();
    }

    private static Finding notVerified(Finding.Form form) {
        return new Finding(form, Finding.SIGNATURE, new Finding.Result.NotVerified());
    }

    private Descriptor image(String platform, String tag) {
        ImageConfig config = ImageConfig.of(Platform.parse(platform));
        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        ImageManifest image = ImageManifest.of(config.descriptor(), List.of());
        store.tag(image.manifest(), tag);
        return image.descriptor();
    }

    private void sign(Descriptor image) {
        RepositoryName name = new RepositoryName("a.example", "app");
        new SignImage(store, name, new SignSubject(key, key), pause -> {})
                .sign(image.digest().value(), Instant.EPOCH);
    }

    private VerifyImage.Verified verify(String tag) {
        List<VerificationKey> keys = List.of(key.publicKey());
        return new VerifyImage(store, keys, keys).verify(tag).getFirst();
    }

    private static SigningKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String pem = Pem.write(
                    "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
            return new ReadKey(Map.of("K", pem)).signingKey("env://K", ReadKey.PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
