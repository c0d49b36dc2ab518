package dev.slipway.policy.gate;

import dev.slipway.policy.rules.Action;
import java.util.Optional;

/**
 * A rule that does not hold.
 *
 * @param platform of the image that it does not hold for; empty where it is about the whole
 */
public record Violation(String rule, Action action, Optional<String> platform, String message) {}
