package dev.slipway.manifest.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.signing.Signer;
import dev.slipway.signing.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

final class RememberedSignaturesTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    private final MemoryStore staging = MemoryStore.alone();

    @Test
    void saysAgainWhatARandomSignerSaidOnce() throws GeneralSecurityException {
        Signer random = new RandomSigner();
        assertThat(random.sign(MESSAGE)).isNotEqualTo(random.sign(MESSAGE));

        byte[] first = new RememberedSignatures(random, staging).sign(MESSAGE);
        byte[] afterARestart = new RememberedSignatures(random, staging).sign(MESSAGE);

        assertThat(afterARestart).isEqualTo(first);
        assertThat(random.publicKey().verifies(MESSAGE, first)).isTrue();
    }

    @Test
    void doesNotBelieveAnotherKeysMemory() throws GeneralSecurityException {
        Signer one = new RandomSigner();
        Signer other = new RandomSigner();
        new RememberedSignatures(one, staging).sign(MESSAGE);

        byte[] signature = new RememberedSignatures(other, staging).sign(MESSAGE);

        assertThat(other.publicKey().verifies(MESSAGE, signature)).isTrue();
    }

    /** As key management services sign: with a new random number each time. */
    private static final class RandomSigner implements Signer {
        private final KeyPair pair;

        RandomSigner() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        }

        @Override
        public VerificationKey publicKey() {
            return VerificationKey.of(pair.getPublic().getEncoded(), "a test");
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
