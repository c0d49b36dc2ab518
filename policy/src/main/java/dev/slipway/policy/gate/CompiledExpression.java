package dev.slipway.policy.gate;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.slipway.policy.rules.Expression;
import dev.slipway.policy.rules.Place;
import dev.slipway.policy.rules.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression that was checked and can be evaluated.
 *
 * @param perImage whether it speaks of {@code image}, and so is asked for each
 */
record CompiledExpression(CelRuntime.Program program, boolean perImage) {
    private static final int MAX_DEPTH = 50;

    /** Adds what is wrong to the problems, and is empty then. */
    static Optional<CompiledExpression> compile(
            Cel cel, String rule, Expression expression, CelType wanted, List<Problem> problems) {
        if (expression.text().length() > Environment.MAX_EXPRESSION) {
            problems.add(new Problem(
                    expression.start(),
                    Optional.of(rule),
                    "the expression has %d characters, and at most %d are taken"
                            .formatted(expression.text().length(), Environment.MAX_EXPRESSION)));
            return Optional.empty();
        }
        CelValidationResult result = cel.compile(expression.text());
        if (!result.hasError()) {
            result = validate(cel, result);
        }
        if (result.hasError()) {
            for (CelIssue issue : result.getErrors()) {
                problems.add(new Problem(place(expression, issue), Optional.of(rule), issue.getMessage()));
            }
            return Optional.empty();
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            if (!tree.getResultType().equals(wanted)) {
                problems.add(new Problem(
                        expression.start(),
                        Optional.of(rule),
                        "the expression is of type %s, and must be of type %s"
                                .formatted(tree.getResultType().name(), wanted.name())));
                return Optional.empty();
            }
            boolean perImage = tree.getReferenceMap().values().stream()
                    .anyMatch(reference -> reference.name().equals("image"));
            return Optional.of(new CompiledExpression(cel.createProgram(tree), perImage));
        } catch (CelValidationException | CelEvaluationException e) {
            problems.add(new Problem(expression.start(), Optional.of(rule), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static CelValidationResult validate(Cel cel, CelValidationResult compiled) {
        try {
            return CelValidatorFactory.standardCelValidatorBuilder(cel)
                    .addAstValidators(AstDepthLimitValidator.newInstance(MAX_DEPTH), RegexLiteralValidator.INSTANCE)
                    .build()
                    .validate(compiled.getAst());
        } catch (CelValidationException e) {
            return compiled;
        }
    }

    private static Place place(Expression expression, CelIssue issue) {
        return expression.place(
                issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn());
    }

    Object evaluate(Map<String, ?> variables) throws CelEvaluationException {
        return program.trace(variables, new Cost());
    }
}
