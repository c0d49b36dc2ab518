package dev.slipway.oci.registry.auth;

import java.util.Map;
import java.util.Optional;

/** Credentials of registries. Asked when a registry wants some, and again when they were refused. */
@FunctionalInterface
public interface Credentials {

    Credentials ANONYMOUS = registry -> Optional.empty();

    /**
     * What to say to a registry.
     *
     * @param registry as references name it: {@code docker.io}, {@code localhost:5000}
     */
    Optional<Credential> of(String registry);

    static Credentials of(Map<String, Credential> byRegistry) {
        Map<String, Credential> copy = Map.copyOf(byRegistry);
        return registry -> Optional.ofNullable(copy.get(registry));
    }
}
