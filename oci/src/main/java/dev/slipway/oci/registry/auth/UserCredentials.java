package dev.slipway.oci.registry.auth;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a user, a pipeline or a cluster keeps credentials. The first that knows a registry counts:
 *
 * <ol>
 *   <li>{@code DOCKER_AUTH_CONFIG}, a {@code config.json} as text, as GitLab's runners have it;
 *   <li>{@code SLIPWAY_REGISTRY_SECRETS}, a directory under which Kubernetes' secrets of the type {@code
 *       kubernetes.io/dockerconfigjson} are mounted: every file {@code .dockerconfigjson} in it;
 *   <li>Docker's {@code config.json}, credential helpers included.
 * </ol>
 */
public final class UserCredentials {
    private static final String SECRET = ".dockerconfigjson";
    private static final int DEPTH = 3;

    private UserCredentials() {}

    public static Credentials of(Map<String, String> environment, Path home) {
        List<Credentials> sources = new ArrayList<>();
        String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        if (!text.isEmpty()) {
            sources.add(DockerConfigCredentials.ofText("DOCKER_AUTH_CONFIG", text));
        }
        String secrets = environment.getOrDefault("SLIPWAY_REGISTRY_SECRETS", "");
        if (!secrets.isEmpty()) {
            sources.add(registry -> inSecrets(Path.of(secrets), registry));
        }
        sources.add(DockerConfigCredentials.ofUser(environment, home));
        return registry -> first(sources, registry);
    }

    private static Optional<Credential> first(List<? extends Credentials> sources, String registry) {
        return sources.stream()
                .map(source -> source.of(registry))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Kubernetes changes mounted secrets by moving links, so they are looked for whenever somebody asks. The links lead into
     * directories whose names begin with two dots, and those may hold what was valid before.
     */
    private static Optional<Credential> inSecrets(Path directory, String registry) {
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            List<DockerConfigCredentials> secrets = files.filter(file -> file.endsWith(SECRET)
                            && !isVersion(directory.relativize(file))
                            && Files.isRegularFile(file))
                    .sorted()
                    .map(DockerConfigCredentials::new)
                    .toList();
            return first(secrets, registry);
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException(
                    Kind.UNAUTHORIZED,
                    registry,
                    "cannot read the credentials under %s: %s".formatted(directory, e.getMessage()),
                    e);
        }
    }

    private static boolean isVersion(Path within) {
        for (Path name : within) {
            if (name.toString().startsWith("..")) {
                return true;
            }
        }
        return false;
    }
}
