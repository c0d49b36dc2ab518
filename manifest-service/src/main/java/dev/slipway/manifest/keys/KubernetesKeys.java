package dev.slipway.manifest.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.signing.KeyException;
import dev.slipway.signing.VerificationKey;
import dev.slipway.signing.keys.ReadKey;
import dev.slipway.signing.keys.SigningKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys in secrets as {@code cosign generate-key-pair k8s://NAMESPACE/NAME} writes them: {@code cosign.key},
 * {@code cosign.password}, {@code cosign.pub}.
 */
public final class KubernetesKeys {
    public static final String SCHEME = "k8s://";

    private static final Pattern NAME = Pattern.compile("k8s://([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9.-]*)");

    private final Supplier<KubernetesClient> clients;

    /**
     * Makes the source; it asks nobody yet.
     *
     * @param clients opens one when it is needed, which is closed after each key
     */
    public KubernetesKeys(Supplier<KubernetesClient> clients) {
        this.clients = clients;
    }

    public SigningKey signingKey(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new KeyException("not the name of a secret, k8s://NAMESPACE/NAME: '%s'".formatted(name), null);
        }
        Map<String, String> data = read(name, parts.group(1), parts.group(2));
        SigningKey key = ReadKey.ofText(
                value(name, data, "cosign.key").orElseThrow(() -> lacks(name, "cosign.key")),
                () -> value(name, data, "cosign.password").orElseThrow(() -> lacks(name, "cosign.password")),
                name);
        value(name, data, "cosign.pub")
                .map(pem -> VerificationKey.parse(pem, name + " cosign.pub"))
                .filter(other -> !other.equals(key.publicKey()))
                .ifPresent(other -> {
                    throw new KeyException(
                            "%s: cosign.pub is %s and belongs to another key than cosign.key, %s"
                                    .formatted(name, other, key.publicKey()),
                            null);
                });
        return key;
    }

    private Map<String, String> read(String name, String namespace, String secretName) {
        try (KubernetesClient client = clients.get()) {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(secretName).get();
            if (secret == null) {
                throw new KeyException(
                        "%s: the cluster at %s has no such secret".formatted(name, client.getMasterUrl()), null);
            }
            return Optional.ofNullable(secret.getData()).orElse(Map.of());
        } catch (KubernetesClientException e) {
            throw new KeyException("%s cannot be read: the API answered %d".formatted(name, e.getCode()), e);
        }
    }

    private static Optional<String> value(String name, Map<String, String> data, String key) {
        try {
            return Optional.ofNullable(data.get(key))
                    .map(text -> new String(Base64.getDecoder().decode(text), UTF_8));
        } catch (IllegalArgumentException e) {
            throw new KeyException("%s: %s is not base64".formatted(name, key), null);
        }
    }

    private static KeyException lacks(String name, String key) {
        return new KeyException("%s has no %s".formatted(name, key), null);
    }
}
