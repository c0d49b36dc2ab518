package dev.slipway.oci.registry.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Docker's {@code config.json}: its {@code auths}, and the credential helpers that it names in {@code credHelpers} and {@code
 * credsStore}. Read anew whenever it is asked, so that a login counts at once.
 */
public final class DockerConfigCredentials implements Credentials {
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String name;
    private final Content content;

    public DockerConfigCredentials(Path file) {
        this(file.toString(), () -> Files.readAllBytes(file));
    }

    private DockerConfigCredentials(String name, Content content) {
        this.name = name;
        this.content = content;
    }

    @FunctionalInterface
    private interface Content {
        byte[] read() throws IOException;
    }

    /**
     * The same from a text.
     *
     * @param name of the text for messages
     */
    static DockerConfigCredentials ofText(String name, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new DockerConfigCredentials(name, () -> bytes);
    }

    /** Where Docker looks: {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}. */
    public static DockerConfigCredentials ofUser(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("DOCKER_CONFIG", "");
        Path directory = configured.isEmpty() ? home.resolve(".docker") : Path.of(configured);
        return new DockerConfigCredentials(directory.resolve("config.json"));
    }

    @Override
    public Optional<Credential> of(String registry) {
        JsonNode config = read();
        String helper = config.path("credHelpers").path(registry).asText("");
        if (!helper.isEmpty()) {
            return new CredentialHelper(helper).of(registry, key(registry));
        }
        Optional<Credential> stored = stored(config.path("auths"), registry);
        String store = config.path("credsStore").asText("");
        if (stored.isEmpty() && !store.isEmpty()) {
            return new CredentialHelper(store).of(registry, key(registry));
        }
        return stored;
    }

    private Optional<Credential> stored(JsonNode auths, String registry) {
        for (Map.Entry<String, JsonNode> auth : auths.properties()) {
            if (host(auth.getKey()).equals(host(key(registry)))) {
                Optional<Credential> credential = credential(registry, auth.getValue());
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> credential(String registry, JsonNode auth) {
        String registryToken = auth.path("registrytoken").asText("");
        if (!registryToken.isEmpty()) {
            return Optional.of(new Credential.BearerToken(new Secret(registryToken)));
        }
        String identityToken = auth.path("identitytoken").asText("");
        if (!identityToken.isEmpty()) {
            return Optional.of(new Credential.IdentityToken(new Secret(identityToken)));
        }
        String encoded = auth.path("auth").asText("");
        if (!encoded.isEmpty()) {
            return Optional.of(decode(registry, encoded));
        }
        String user = auth.path("username").asText("");
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(Credential.of(user, auth.path("password").asText("")));
    }

    private Credential decode(String registry, String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // the exception would quote a part of the secret
            throw unusable("its 'auth' of %s is not base64".formatted(registry));
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw unusable("its 'auth' of %s is not user:password".formatted(registry));
        }
        return Credential.of(pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", ""));
    }

    private JsonNode read() {
        try {
            return MAPPER.readTree(content.read());
        } catch (NoSuchFileException e) {
            return MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            throw unusable("it is not JSON");
        } catch (IOException e) {
            throw unusable("it cannot be read");
        }
    }

    private StoreException unusable(String why) {
        return new StoreException(
                Kind.UNAUTHORIZED, name, "cannot use the credentials of %s: %s".formatted(name, why), null);
    }

    private static String key(String registry) {
        return registry.equals("docker.io") ? DOCKER_HUB_KEY : registry;
    }

    /** Keys are hosts, or URLs with whatever path Docker once put behind them. */
    private static String host(String key) {
        String withoutScheme = key.replaceFirst("^https?://", "");
        return withoutScheme.split("/", 2)[0].toLowerCase(Locale.ROOT);
    }
}
