package dev.slipway.oci.registry.http;

import java.util.Optional;

/** How requests to one registry prove that they may. Safe for use by several threads. */
public interface Authorization {

    /** Nobody asks. */
    Authorization NONE = new Authorization() {
        @Override
        public Optional<String> header(Scope scope) {
            return Optional.empty();
        }

        @Override
        public boolean renew(Scope scope, Answer refusal, Optional<String> used) {
            return false;
        }
    };

    /** The header's value for a request of a scope; empty while the registry has not asked for any. */
    Optional<String> header(Scope scope);

    /**
     * Takes a 401 or 403 in and gets new credentials for the scope.
     *
     * @param used the header's value that was refused
     * @return whether the request is worth another try
     */
    boolean renew(Scope scope, Answer refusal, Optional<String> used);
}
