package dev.slipway.signing.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.contract.Peer;
import dev.slipway.signing.KeyException;
import dev.slipway.signing.Pem;
import dev.slipway.signing.VerificationKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadKeyTest {
    @TempDir
    Path directory;

    private KeyPair pair;

    @BeforeEach
    void generate() throws GeneralSecurityException {
        pair = pair("secp256r1");
    }

    @Test
    void readsAPlainKeyFromAFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));

        SigningKey key = new ReadKey(Map.of()).signingKey(file.toString(), ReadKey.PASSWORD);

        assertThat(key.publicKey())
                .isEqualTo(VerificationKey.of(pair.getPublic().getEncoded(), "test"));
        assertThat(key.publicKey().verifies(bytes("said"), key.sign(bytes("said"))))
                .isTrue();
        assertThat(key.publicKey().verifies(bytes("changed"), key.sign(bytes("said"))))
                .isFalse();
        assertThat(key.publicKey().verifies(bytes("said"), bytes("no signature")))
                .isFalse();
    }

    @Test
    void readsAKeyFromTheEnvironment() {
        String pem = Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded());

        SigningKey key = new ReadKey(Map.of("K", pem)).signingKey("env://K", ReadKey.PASSWORD);

        assertThat(key.publicKey())
                .isEqualTo(VerificationKey.of(pair.getPublic().getEncoded(), "test"));
    }

    @Test
    void readsWhatCosignGenerates() throws IOException {
        CosignKey cosign = CosignKey.generateOrSkip(directory, "a secret");
        ReadKey keys = new ReadKey(Map.of(ReadKey.PASSWORD, "a secret"));

        SigningKey key = keys.signingKey(cosign.secret().toString(), ReadKey.PASSWORD);

        VerificationKey publicKey = keys.verificationKey(cosign.open().toString());
        assertThat(key.publicKey()).isEqualTo(publicKey);
        assertThat(publicKey.pem()).isEqualTo(Files.readString(cosign.open()));
    }

    @Test
    void saysThatAPasswordIsWrongAndNotWhichItWas() throws IOException {
        CosignKey cosign = CosignKey.generateOrSkip(directory, "a secret");
        ReadKey keys = new ReadKey(Map.of(ReadKey.PASSWORD, "a guess"));

        assertThatThrownBy(() -> keys.signingKey(cosign.secret().toString(), ReadKey.PASSWORD))
                .isInstanceOf(KeyException.class)
                .hasMessage("the password of %s is wrong".formatted(cosign.secret()));
    }

    @Test
    void saysThatAPasswordIsMissing() throws IOException {
        CosignKey cosign = CosignKey.generateOrSkip(directory, "a secret");

        assertThatThrownBy(
                        () -> new ReadKey(Map.of()).signingKey(cosign.secret().toString(), ReadKey.PASSWORD))
                .hasMessage("%s is encrypted, and COSIGN_PASSWORD is not set".formatted(cosign.secret()));
    }

    @Test
    void refusesOtherCurves() throws GeneralSecurityException {
        String pem = Pem.write("PRIVATE KEY", pair("secp384r1").getPrivate().getEncoded());

        assertThatThrownBy(() -> new ReadKey(Map.of("K", pem)).signingKey("env://K", ReadKey.PASSWORD))
                .hasMessageContaining("env://K is no key on the curve P-256");
    }

    @Test
    void refusesWhatIsNoKey() {
        ReadKey keys = new ReadKey(
                Map.of("TEXT", "secret text", "CERTIFICATE", Pem.write("CERTIFICATE", new byte[3]), "JUNK", junk()));

        assertThatThrownBy(() -> keys.signingKey("env://TEXT", ReadKey.PASSWORD))
                .hasMessage("env://TEXT is no PEM file");
        assertThatThrownBy(() -> keys.signingKey("env://CERTIFICATE", ReadKey.PASSWORD))
                .hasMessageContaining("env://CERTIFICATE is a CERTIFICATE");
        assertThatThrownBy(() -> keys.signingKey("env://JUNK", ReadKey.PASSWORD))
                .isInstanceOf(KeyException.class);
        assertThatThrownBy(() -> keys.signingKey("env://NONE", ReadKey.PASSWORD))
                .hasMessageContaining("the environment has no NONE");
        assertThatThrownBy(() -> keys.signingKey(directory + "/none", ReadKey.PASSWORD))
                .hasMessageContaining("cannot read the key " + directory);
    }

    @ParameterizedTest
    @CsvSource({"131072, 16, 1", "2, 524288, 16", "1073741824, 134217728, 1", "65536, 8, 17", "1, 8, 1"})
    void refusesScryptThatTakesTooMuch(int n, int r, int p) {
        String json = """
                {"kdf":{"name":"scrypt","params":{"N":%d,"r":%d,"p":%d},"salt":""},\
                "cipher":{"name":"nacl/secretbox","nonce":""},"ciphertext":""}""".formatted(n, r, p);
        ReadKey keys = new ReadKey(
                Map.of(ReadKey.PASSWORD, "", "K", Pem.write("ENCRYPTED SIGSTORE PRIVATE KEY", bytes(json))));

        assertThatThrownBy(() -> keys.signingKey("env://K", ReadKey.PASSWORD))
                .isInstanceOf(KeyException.class)
                .hasMessage("env://K has scrypt parameters that are not taken: N=%d, r=%d, p=%d", n, r, p);
    }

    @Test
    void signsAsRfc6979Says() throws GeneralSecurityException {
        // RFC 6979, A.2.5: the key, "sample", SHA-256
        BigInteger secret = new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
        byte[] der = KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(secret, ((ECPublicKey) pair.getPublic()).getParams()))
                .getEncoded();

        byte[] signature = SigningKey.ofPkcs8(der, "test").sign(bytes("sample"));

        assertThat(HexFormat.of().withUpperCase().formatHex(signature))
                .contains("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716")
                .endsWith("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    }

    @Test
    void namesAKeyAsBundlesDo() throws IOException {
        CosignKey cosign = CosignKey.generateOrSkip(directory, "");
        String der = Peer.orSkip("openssl")
                .run(
                        "pkey",
                        "-pubin",
                        "-in",
                        cosign.open().toString(),
                        "-outform",
                        "DER",
                        "-out",
                        directory.resolve("der").toString());
        assertThat(der).isEmpty();
        String digest = Peer.orSkip("openssl")
                .run("dgst", "-sha256", "-hex", directory.resolve("der").toString());

        byte[] id = java.util.Base64.getDecoder()
                .decode(new ReadKey(Map.of())
                        .verificationKey(cosign.open().toString())
                        .id());

        assertThat(digest).contains(HexFormat.of().formatHex(id));
    }

    private static String junk() {
        return Pem.write("PRIVATE KEY", bytes("no ASN.1 at all"));
    }

    private static KeyPair pair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
