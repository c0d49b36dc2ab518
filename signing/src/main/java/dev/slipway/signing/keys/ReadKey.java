package dev.slipway.signing.keys;

import dev.slipway.signing.KeyException;
import dev.slipway.signing.Pem;
import dev.slipway.signing.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads keys as cosign names them: a file, or {@code env://NAME} for the content of an environment variable. */
public final class ReadKey {
    private static final String ENVIRONMENT = "env://";
    public static final String PASSWORD = "COSIGN_PASSWORD";

    private final Map<String, String> environment;

    public ReadKey(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A private key: PKCS#8 in PEM, or cosign's encrypted form.
     *
     * @param passwordVariable the environment variable with the password of an encrypted one
     */
    public SigningKey signingKey(String name, String passwordVariable) {
        return ofText(text(name), () -> password(name, passwordVariable), name);
    }

    /**
     * A private key that somebody else has read.
     *
     * @param password asked for where the key is encrypted
     * @param name for messages
     */
    public static SigningKey ofText(String pem, Supplier<String> password, String name) {
        Pem block = Pem.read(pem, name);
        return switch (block.label()) {
            case "PRIVATE KEY" -> SigningKey.ofPkcs8(block.content(), name);
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" ->
                SigningKey.ofPkcs8(EncryptedKey.decrypt(block.content(), password.get(), name), name);
            default ->
                throw new KeyException(
                        "%s is a %s; wanted is a PKCS#8 'PRIVATE KEY', or a key of 'cosign generate-key-pair'"
                                .formatted(name, block.label()),
                        null);
        };
    }

    public VerificationKey verificationKey(String name) {
        return VerificationKey.parse(text(name), name);
    }

    private String password(String name, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(
                        () -> new KeyException("%s is encrypted, and %s is not set".formatted(name, variable), null));
    }

    private String text(String name) {
        if (name.startsWith(ENVIRONMENT)) {
            String variable = name.substring(ENVIRONMENT.length());
            return Optional.ofNullable(environment.get(variable))
                    .orElseThrow(() -> new KeyException("the environment has no " + variable + " with a key", null));
        }
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new KeyException("cannot read the key %s: %s".formatted(name, e), e);
        }
    }
}
