package dev.slipway.oci.registry.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.registry.access.RegistryAccess.Identity;
import dev.slipway.oci.registry.access.RegistryAccess.Proxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A JSON file that says how registries are reached, by the name that references give them:
 *
 * <pre>{@code
 * {"registry.example.com:8443": {
 *    "caBundle": "/etc/pki/example.pem",
 *    "clientCertificate": "/etc/slipway/client.pem", "clientKey": "/etc/slipway/client.key",
 *    "proxy": "http://proxy.example.com:3128",
 *    "requestsPerSecond": 50, "bytesPerSecond": 50000000}}
 * }</pre>
 */
public final class RegistriesFile {
    private static final Set<String> PROPERTIES =
            Set.of("caBundle", "clientCertificate", "clientKey", "proxy", "requestsPerSecond", "bytesPerSecond");

    private RegistriesFile() {}

    /** {@code $SLIPWAY_REGISTRIES}, else {@code ~/.slipway/registries.json}, which need not be there. */
    public static Function<String, RegistryAccess> ofUser(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("SLIPWAY_REGISTRIES", "");
        return configured.isEmpty()
                ? read(home.resolve(".slipway/registries.json"), true)
                : read(Path.of(configured), false);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException where it says something that is not known, or cannot be read
     */
    public static Function<String, RegistryAccess> read(Path file) {
        return read(file, false);
    }

    private static Function<String, RegistryAccess> read(Path file, boolean mayBeAbsent) {
        Map<String, RegistryAccess> registries = new HashMap<>();
        try {
            JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                registries.put(entry.getKey(), access(file, entry.getKey(), entry.getValue()));
            }
        } catch (NoSuchFileException e) {
            if (!mayBeAbsent) {
                throw new IllegalArgumentException("there is no file %s with registries".formatted(file), e);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        return registry -> registries.getOrDefault(registry, RegistryAccess.PLAIN);
    }

    private static RegistryAccess access(Path file, String registry, JsonNode json) {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(PROPERTIES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s says of %s what is not known: %s; known are %s"
                    .formatted(file, registry, unknown, new TreeSet<>(PROPERTIES)));
        }
        if (json.has("clientCertificate") != json.has("clientKey")) {
            throw new IllegalArgumentException("%s gives %s one of clientCertificate and clientKey, and both are needed"
                    .formatted(file, registry));
        }
        return new RegistryAccess(
                path(json, "caBundle"),
                path(json, "clientCertificate")
                        .map(certificate -> new Identity(
                                certificate, path(json, "clientKey").orElseThrow())),
                Optional.ofNullable(json.get("proxy")).map(node -> proxy(file, registry, node.asText(""))),
                number(file, registry, json, "requestsPerSecond"),
                number(file, registry, json, "bytesPerSecond"));
    }

    private static Optional<Path> path(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(node -> Path.of(node.asText("")));
    }

    private static long number(Path file, String registry, JsonNode json, String name) {
        JsonNode node = json.path(name);
        if (!node.isMissingNode() && !node.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "%s of %s in %s must be a number, and is %s".formatted(name, registry, file, node));
        }
        return node.asLong(0);
    }

    private static Proxy proxy(Path file, String registry, String text) {
        URI uri = URI.create(text);
        if (!"http".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() < 0
                || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("proxy of %s in %s must be http://HOST:PORT".formatted(registry, file));
        }
        return new Proxy(uri.getHost(), uri.getPort());
    }
}
