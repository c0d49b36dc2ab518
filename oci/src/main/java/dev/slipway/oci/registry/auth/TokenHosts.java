package dev.slipway.oci.registry.auth;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * Token servers that may see credentials: on the registry's own host, above it or below it in the name tree ({@code
 * auth.docker.io} for {@code docker.io}, {@code gitlab.com} for {@code registry.gitlab.com}), and those named here.
 *
 * @param others host names without a port
 */
public record TokenHosts(Set<String> others) {
    public static final TokenHosts OWN = new TokenHosts(Set.of());

    public TokenHosts {
        others = Set.copyOf(others);
    }

    void check(String registry, TokenServer server) {
        String host = server.realm().getHost().toLowerCase(Locale.ROOT);
        String own = host(registry);
        if (host.equals(own) || isBelow(host, own) || isBelow(own, host) || others.contains(host)) {
            return;
        }
        throw new StoreException(
                Kind.UNAUTHORIZED,
                registry,
                "%s wants its credentials sent to %s, which is not configured as its token server"
                        .formatted(registry, host),
                null);
    }

    private static String host(String registry) {
        int colon = registry.lastIndexOf(':');
        boolean port = colon > registry.lastIndexOf(']');
        return (port ? registry.substring(0, colon) : registry).toLowerCase(Locale.ROOT);
    }

    private static boolean isBelow(String host, String parent) {
        return parent.contains(".") && host.endsWith("." + parent);
    }
}
