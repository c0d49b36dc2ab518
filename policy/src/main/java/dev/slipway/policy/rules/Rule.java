package dev.slipway.policy.rules;

import java.util.Optional;

/**
 * A rule. An expression that is true allows, as in Kubernetes' ValidatingAdmissionPolicy.
 *
 * @param message for where it does not hold; of the two forms the expression wins
 */
public record Rule(
        String name,
        Action action,
        Expression expression,
        Optional<String> message,
        Optional<Expression> messageExpression) {}
