package dev.slipway.manifest.keys;

import dev.slipway.oci.ContentStore;
import dev.slipway.signing.Signer;
import dev.slipway.signing.external.ExternalSigner;
import dev.slipway.signing.keys.ReadKey;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Signers by name: a file, {@code env://NAME}, {@code k8s://NAMESPACE/NAME}, or {@code exec://PATH} for a program that has the
 * key.
 */
public final class SigningKeys {
    private static final String PROGRAM = "exec://";

    private final ReadKey readKey;
    private final KubernetesKeys kubernetes;
    private final ContentStore staging;
    private final Duration limit;

    /**
     * Makes the source.
     *
     * @param limit for each call of a program
     */
    public SigningKeys(ReadKey readKey, KubernetesKeys kubernetes, ContentStore staging, Duration limit) {
        this.readKey = readKey;
        this.kubernetes = kubernetes;
        this.staging = staging;
        this.limit = limit;
    }

    /**
     * The signer of that name.
     *
     * @param passwordVariable the environment variable with the password of an encrypted file
     * @throws dev.slipway.signing.KeyException where it cannot be used
     */
    public Signer signer(String name, String passwordVariable) {
        if (name.startsWith(PROGRAM)) {
            Path program = Path.of(name.substring(PROGRAM.length()));
            return new RememberedSignatures(new ExternalSigner(program, limit), staging);
        }
        return name.startsWith(KubernetesKeys.SCHEME)
                ? kubernetes.signingKey(name)
                : readKey.signingKey(name, passwordVariable);
    }
}
