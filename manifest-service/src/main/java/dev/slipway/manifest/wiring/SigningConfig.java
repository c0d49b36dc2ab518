package dev.slipway.manifest.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys: a file, {@code env://NAME} for an environment variable that holds one, {@code k8s://NAMESPACE/NAME} for a secret of
 * cosign's, {@code exec://PATH} for a program that signs. Passwords are in the environment or the secret only.
 */
@ConfigMapping(prefix = "slipway.signing")
interface SigningConfig {

    /** PKCS#8 in PEM, or a key of {@code cosign generate-key-pair}. Without it nothing can be signed. */
    Optional<String> key();

    /** The environment variable with the password of an encrypted key. */
    @WithDefault("COSIGN_PASSWORD")
    String passwordVariable();

    /** Signs attestations; {@link #key} does where it is absent. */
    Optional<String> attestationKey();

    @WithDefault("COSIGN_PASSWORD")
    String attestationPasswordVariable();

    /** For each call of a program that signs. */
    @WithDefault("20s")
    Duration externalLimit();
}
