package dev.slipway.policy.rules;

import java.util.Locale;

/** What follows where a rule does not hold. */
public enum Action {
    /** The image goes nowhere. */
    DENY,
    /** The image passes, and people are told. */
    WARN;

    /** As files and events write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
