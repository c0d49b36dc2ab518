package dev.slipway.oci.registry.access;

import dev.slipway.oci.RepositoryName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one registry is reached.
 *
 * @param caBundle PEM certificates that are trusted beside those of the JVM
 * @param identity what proves to the registry who is connecting
 * @param proxy that connections go through
 * @param requestsPerSecond at most; 0 where there is no limit
 * @param bytesPerSecond of content that is sent, over all uploads; 0 where there is no limit
 * @param mirrors that are asked first for what is pulled
 */
public record RegistryAccess(
        Optional<Path> caBundle,
        Optional<Identity> identity,
        Optional<Proxy> proxy,
        long requestsPerSecond,
        long bytesPerSecond,
        List<Mirror> mirrors) {
    public static final RegistryAccess PLAIN =
            new RegistryAccess(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, List.of());

    public RegistryAccess {
        mirrors = List.copyOf(mirrors);
        if (requestsPerSecond < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "a registry's limits must not be negative: %d requests, %d bytes a second"
                            .formatted(requestsPerSecond, bytesPerSecond));
        }
    }

    /** A client certificate (PEM, the chain) and its key (PEM, PKCS #8). */
    public record Identity(Path certificate, Path key) {}

    /**
     * A registry that has, or fetches, what another one has.
     *
     * @param prefix before the repository's path; empty for none
     */
    public record Mirror(String registry, String prefix) {

        /**
         * Parses {@code HOST[:PORT][/PREFIX]}.
         *
         * @throws IllegalArgumentException quoting what is no registry or prefix
         */
        public static Mirror parse(String text) {
            int slash = text.indexOf('/');
            String prefix = slash < 0 ? "" : text.substring(slash + 1);
            if (slash >= 0 && prefix.isEmpty()) {
                throw new IllegalArgumentException("nothing follows the slash of '%s'".formatted(text));
            }
            Mirror mirror = new Mirror(slash < 0 ? text : text.substring(0, slash), prefix);
            RepositoryName ignored = mirror.of("x");
            assert ignored.registry().equals(mirror.registry());
            return mirror;
        }

        /** Where a repository is on it. */
        public RepositoryName of(String path) {
            return new RepositoryName(registry, prefix.isEmpty() ? path : prefix + "/" + path);
        }
    }

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
