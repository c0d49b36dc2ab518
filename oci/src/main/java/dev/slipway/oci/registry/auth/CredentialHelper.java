package dev.slipway.oci.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program {@code docker-credential-<name>} (docker-credential-helpers' protocol, {@code get}). */
record CredentialHelper(String name) {
    private static final int SECONDS = 30;
    /** The protocol's word for "I know of none", printed instead of JSON. */
    private static final String NONE = "credentials not found in native keychain";

    private static final JsonMapper MAPPER = new JsonMapper();

    CredentialHelper {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("not the name of a credential helper: '%s'".formatted(name));
        }
    }

    Optional<Credential> of(String registry, String key) {
        try {
            return run(registry, key);
        } catch (IOException e) {
            throw failed(registry, "it cannot be run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(registry, "interrupted");
        }
    }

    private Optional<Credential> run(String registry, String key) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("docker-credential-" + name, "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(key.getBytes(StandardCharsets.UTF_8));
            }
            byte[] answer = process.getInputStream().readAllBytes();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw failed(registry, "it does not end");
            }
            if (new String(answer, StandardCharsets.UTF_8).strip().equals(NONE)) {
                return Optional.empty();
            }
            if (process.exitValue() != 0) {
                throw failed(registry, "it ended with exit code " + process.exitValue());
            }
            JsonNode json = MAPPER.readTree(answer);
            String user = json.path("Username").asText("");
            return user.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Credential.of(user, json.path("Secret").asText("")));
        } finally {
            process.destroy();
        }
    }

    private StoreException failed(String registry, String why) {
        return new StoreException(
                Kind.UNAUTHORIZED,
                registry,
                "docker-credential-%s gives no credentials for %s: %s".formatted(name, registry, why),
                null);
    }
}
