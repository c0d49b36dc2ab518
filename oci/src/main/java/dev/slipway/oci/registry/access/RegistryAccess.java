package dev.slipway.oci.registry.access;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How one registry is reached.
 *
 * @param caBundle PEM certificates that are trusted beside those of the JVM
 * @param identity what proves to the registry who is connecting
 * @param proxy that connections go through
 * @param requestsPerSecond at most; 0 where there is no limit
 * @param bytesPerSecond of content that is sent, over all uploads; 0 where there is no limit
 */
public record RegistryAccess(
        Optional<Path> caBundle,
        Optional<Identity> identity,
        Optional<Proxy> proxy,
        long requestsPerSecond,
        long bytesPerSecond) {
    public static final RegistryAccess PLAIN =
            new RegistryAccess(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);

    public RegistryAccess {
        if (requestsPerSecond < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "a registry's limits must not be negative: %d requests, %d bytes a second"
                            .formatted(requestsPerSecond, bytesPerSecond));
        }
    }

    /** A client certificate (PEM, the chain) and its key (PEM, PKCS #8). */
    public record Identity(Path certificate, Path key) {}

    /** An HTTP proxy. */
    public record Proxy(String host, int port) {}

    /** Whether connections to it can be those of other registries. */
    public boolean hasOwnConnections() {
        return hasCertificates() || proxy.isPresent();
    }

    public boolean hasCertificates() {
        return caBundle.isPresent() || identity.isPresent();
    }
}
