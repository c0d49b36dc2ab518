package dev.slipway.policy.gate;

import dev.cel.bundle.Cel;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.slipway.policy.rules.Action;
import dev.slipway.policy.rules.Problem;
import dev.slipway.policy.rules.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule that can be asked. */
record CompiledRule(Rule rule, CompiledExpression expression, Optional<CompiledExpression> messageExpression) {

    /** Adds what is wrong to the problems, and is empty then. */
    static Optional<CompiledRule> compile(Cel cel, Rule rule, List<Problem> problems) {
        int before = problems.size();
        Optional<CompiledExpression> expression =
                CompiledExpression.compile(cel, rule.name(), rule.expression(), SimpleType.BOOL, problems);
        Optional<CompiledExpression> message = rule.messageExpression()
                .flatMap(text -> CompiledExpression.compile(cel, rule.name(), text, SimpleType.STRING, problems));
        if (problems.size() > before) {
            return Optional.empty();
        }
        if (!expression.orElseThrow().perImage()
                && message.filter(CompiledExpression::perImage).isPresent()) {
            problems.add(new Problem(
                    rule.messageExpression().orElseThrow().start(),
                    Optional.of(rule.name()),
                    "the message speaks of an image, and the rule is not about one"));
            return Optional.empty();
        }
        return Optional.of(new CompiledRule(rule, expression.orElseThrow(), message));
    }

    boolean perImage() {
        return expression.perImage();
    }

    /** Empty where the rule holds. One that cannot be evaluated denies, whatever its action is. */
    Optional<Violation> ask(Map<String, ?> variables, Optional<String> platform) {
        try {
            return Boolean.TRUE.equals(expression.evaluate(variables))
                    ? Optional.empty()
                    : Optional.of(new Violation(rule.name(), rule.action(), platform, message(variables)));
        } catch (CelEvaluationException | RuntimeException e) {
            return Optional.of(failed(platform, String.valueOf(e.getMessage())));
        }
    }

    Violation failed(Optional<String> platform, String why) {
        return new Violation(
                rule.name(),
                Action.DENY,
                platform,
                "the rule cannot be evaluated (%s): %s"
                        .formatted(rule.expression().start(), why));
    }

    /** As in Kubernetes: an expression that fails or is empty gives way to the fixed message. */
    private String message(Map<String, ?> variables) {
        String fixed = rule.message()
                .orElseGet(() -> "does not hold: " + rule.expression().text().strip());
        return messageExpression
                .map(made -> {
                    try {
                        return String.valueOf(made.evaluate(variables)).strip();
                    } catch (CelEvaluationException | RuntimeException e) {
                        return "";
                    }
                })
                .filter(made -> !made.isEmpty())
                .orElse(fixed);
    }
}
