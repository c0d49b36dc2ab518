package dev.slipway.oci.registry.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.oci.registry.access.RegistryAccess.Identity;
import dev.slipway.oci.registry.access.RegistryAccess.Mirror;
import dev.slipway.oci.registry.access.RegistryAccess.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON file that says how registries are reached, by the name that references give them:
 *
 * <pre>{@code
 * {"registry.example.com:8443": {
 *    "caBundle": "/etc/pki/example.pem",
 *    "clientCertificate": "/etc/slipway/client.pem", "clientKey": "/etc/slipway/client.key",
 *    "proxy": "http://proxy.example.com:3128",
 *    "requestsPerSecond": 50, "bytesPerSecond": 50000000},
 *  "docker.io": {"mirrors": ["mirror.example.com/dockerhub"]}}
 * }</pre>
 */
public final class RegistriesFile {
    private static final Set<String> PROPERTIES = Set.of(
            "caBundle", "clientCertificate", "clientKey", "proxy", "requestsPerSecond", "bytesPerSecond", "mirrors");

    private static final Pattern PROXY = Pattern.compile("http://(\\[[^]]+]|[^]\\[/:@?#\\s]+):(\\d{1,5})/?");

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
            ObjectNode json = object(file.toString(), JsonTrees.read(Files.readAllBytes(file)));
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                String registry = entry.getKey();
                registries.put(registry, access(file, registry, object(registry + " in " + file, entry.getValue())));
            }
        } catch (NoSuchFileException e) {
            if (!mayBeAbsent) {
                throw new IllegalArgumentException("there is no file %s with registries".formatted(file), e);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        return registry -> registries.getOrDefault(registry, RegistryAccess.PLAIN);
    }

    private static ObjectNode object(String what, JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("%s must be a JSON object, and is %s".formatted(what, json));
    }

    private static RegistryAccess access(Path file, String registry, ObjectNode json) {
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
                text(file, registry, json, "caBundle").map(Path::of),
                text(file, registry, json, "clientCertificate")
                        .map(certificate -> new Identity(
                                Path.of(certificate),
                                Path.of(text(file, registry, json, "clientKey").orElseThrow()))),
                text(file, registry, json, "proxy").map(proxy -> proxy(file, registry, proxy)),
                number(file, registry, json, "requestsPerSecond"),
                number(file, registry, json, "bytesPerSecond"),
                mirrors(file, registry, json.path("mirrors")));
    }

    private static Optional<String> text(Path file, String registry, ObjectNode json, String name) {
        JsonNode node = json.path(name);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw wrong(file, registry, name, "a text", node);
        }
        return Optional.of(node.textValue());
    }

    private static List<Mirror> mirrors(Path file, String registry, JsonNode json) {
        if (!json.isMissingNode() && !json.isArray()) {
            throw wrong(file, registry, "mirrors", "a list", json);
        }
        List<Mirror> mirrors = new ArrayList<>();
        for (JsonNode mirror : json) {
            if (!mirror.isTextual()) {
                throw wrong(file, registry, "mirrors", "a list of texts", json);
            }
            try {
                mirrors.add(Mirror.parse(mirror.textValue()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "mirrors of %s in %s must be HOST[:PORT][/PREFIX]: %s"
                                .formatted(registry, file, e.getMessage()),
                        e);
            }
        }
        return mirrors;
    }

    private static long number(Path file, String registry, ObjectNode json, String name) {
        JsonNode node = json.path(name);
        if (!node.isMissingNode()
                && !(node.canConvertToExactIntegral() && node.canConvertToLong() && node.longValue() >= 0)) {
            throw wrong(file, registry, name, "a whole number, 0 or more", node);
        }
        return node.asLong(0);
    }

    /** One with a password is not repeated in the message. */
    private static Proxy proxy(Path file, String registry, String text) {
        Matcher proxy = PROXY.matcher(text);
        if (!proxy.matches()) {
            throw new IllegalArgumentException("proxy of %s in %s must be http://HOST:PORT".formatted(registry, file));
        }
        return new Proxy(proxy.group(1), Integer.parseInt(proxy.group(2)));
    }

    private static IllegalArgumentException wrong(
            Path file, String registry, String name, String expected, JsonNode found) {
        return new IllegalArgumentException(
                "%s of %s in %s must be %s, and is %s".formatted(name, registry, file, expected, found));
    }
}
