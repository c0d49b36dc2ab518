package dev.slipway.oci.registry.auth;

import java.time.Instant;

/**
 * A token of a registry's token server.
 *
 * @param renewAt when 90 % of its life is over
 */
record Token(Secret value, Instant renewAt) {
    String header() {
        return "Bearer " + value.reveal();
    }
}
