package dev.slipway.oci.registry;

import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.access.RegistryAccess;
import dev.slipway.oci.registry.wire.Loopback;
import java.net.URI;

/**
 * Where a registry is reached.
 *
 * @param base its root, with a slash at the end
 */
record RegistryHost(URI base) {
    private static final String DOCKER_HUB = "registry-1.docker.io";

    /** Plain HTTP is for loopback only, and not where certificates are configured for it. */
    static RegistryHost of(String registry, RegistryAccess access) {
        String authority = registry.equals(Reference.DEFAULT_REGISTRY) ? DOCKER_HUB : registry;
        URI https = URI.create("https://" + authority + "/");
        if (https.getHost() == null || https.getUserInfo() != null) {
            throw new IllegalArgumentException("not a registry: '%s'".formatted(registry));
        }
        boolean plain = Loopback.is(https.getHost()) && !access.hasCertificates();
        return new RegistryHost(plain ? URI.create("http://" + authority + "/") : https);
    }
}
