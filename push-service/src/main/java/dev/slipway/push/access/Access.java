package dev.slipway.push.access;

import java.util.Optional;

/** Where the rules are. */
@FunctionalInterface
public interface Access {

    /**
     * The rules as they are now; empty where everybody may do everything.
     *
     * @throws IllegalStateException where there are rules, and they cannot be read or understood
     */
    Optional<AccessRules> rules();
}
