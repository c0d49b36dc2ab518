package dev.slipway.oci.registry.auth;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.wire.Loopback;
import java.net.URI;
import java.util.Optional;

/** Where a registry sends us for tokens. */
record TokenServer(URI realm, Optional<String> service) {

    static TokenServer of(String registry, String realm, Optional<String> service) {
        URI uri;
        try {
            uri = URI.create(realm);
        } catch (IllegalArgumentException e) {
            throw refused(registry, realm, "which is no URL");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw refused(registry, realm, "which is no URL of a host");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri.getHost());
        if (!http && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw refused(registry, realm, "which is not https");
        }
        return new TokenServer(uri, service);
    }

    String name() {
        return realm.getRawAuthority();
    }

    private static StoreException refused(String registry, String realm, String why) {
        return new StoreException(
                Kind.UNAUTHORIZED,
                registry,
                "%s wants tokens from '%s', %s".formatted(registry, realm.split("\\?", 2)[0], why),
                null);
    }
}
