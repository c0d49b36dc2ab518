package dev.slipway.policy.rules;

import java.util.Optional;

/** What is wrong with a policy file, and where. */
public record Problem(Place place, Optional<String> rule, String message) {

    /** One line for people: file, line and column, rule, what. */
    @Override
    public String toString() {
        return place + ": " + rule.map(name -> "rule '" + name + "': ").orElse("") + message;
    }
}
