package dev.slipway.manifest.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.signing.KeyException;
import dev.slipway.signing.Pem;
import dev.slipway.signing.VerificationKey;
import dev.slipway.signing.keys.ReadKey;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets as fabric8's mock of an API server has them. */
final class KubernetesKeysMockTest {
    private final KubernetesMockServer server = new KubernetesMockServer();
    private final SigningKeys keys = new SigningKeys(
            new ReadKey(Map.of()),
            new KubernetesKeys(server::createClient),
            MemoryStore.alone(),
            Duration.ofSeconds(1));

    @BeforeEach
    void start() {
        server.init();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void readsTheKeyOfASecret() throws GeneralSecurityException {
        KeyPair pair = pair();
        secret(Map.of("cosign.key", secret(pair), "cosign.pub", open(pair), "cosign.password", ""));

        assertThat(keys.signer("k8s://build/signing", "NONE").publicKey())
                .isEqualTo(VerificationKey.parse(open(pair), "test"));
    }

    @Test
    void refusesAPublicKeyOfAnotherPair() throws GeneralSecurityException {
        secret(Map.of("cosign.key", secret(pair()), "cosign.pub", open(pair())));

        assertFails("k8s://build/signing", "belongs to another key");
    }

    @Test
    void wantsThePasswordOfAnEncryptedKey() {
        secret(Map.of("cosign.key", Pem.write("ENCRYPTED SIGSTORE PRIVATE KEY", "{}".getBytes(UTF_8))));

        assertFails("k8s://build/signing", "k8s://build/signing has no cosign.password");
    }

    @Test
    void saysWhatIsNotThere() {
        secret(Map.of());

        assertFails("k8s://build/signing", "k8s://build/signing has no cosign.key");
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/build/secrets/other")
                .andReturn(404, "")
                .always();
        assertFails("k8s://build/other", "has no such secret");
    }

    @Test
    void saysThatTheServiceMayNotReadIt() {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/build/secrets/other")
                .andReturn(403, "")
                .always();

        assertFails("k8s://build/other", "the API answered 403");
    }

    @Test
    void refusesWhatIsNoNameOfASecret() {
        assertFails("k8s://signing", "k8s://NAMESPACE/NAME");
    }

    private void assertFails(String name, String message) {
        assertThatThrownBy(() -> keys.signer(name, "NONE"))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(message);
    }

    private void secret(Map<String, String> data) {
        SecretBuilder secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("build")
                .withName("signing")
                .endMetadata();
        data.forEach((name, value) ->
                secret.addToData(name, java.util.Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/build/secrets/signing")
                .andReturn(200, secret.build())
                .always();
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String secret(KeyPair pair) {
        return Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    private static String open(KeyPair pair) {
        return Pem.write("PUBLIC KEY", pair.getPublic().getEncoded());
    }
}
