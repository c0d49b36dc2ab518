package dev.slipway.policy.gate;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/**
 * What an evaluation has cost: one for each part of the expression that was evaluated, and the size of each value that it made.
 * It is the same on every machine.
 */
final class Cost implements CelEvaluationListener {
    static final long LIMIT = 1_000_000;

    private long spent;

    @Override
    public void callback(CelExpr part, Object value) {
        spend(1);
        switch (part.exprKind().getKind()) {
            case CALL, LIST, MAP, STRUCT, COMPREHENSION -> spendOn(value);
            case CONSTANT, IDENT, SELECT, NOT_SET -> {}
        }
    }

    /** Stops where there is nothing left, so that no value is too large to be looked at. */
    private void spendOn(Object value) {
        switch (value) {
            case CharSequence text -> spend(text.length() / 10);
            case Collection<?> list -> {
                for (Object element : list) {
                    spend(1);
                    spendOn(element);
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    spend(1);
                    spendOn(entry.getValue());
                }
            }
            default -> {}
        }
    }

    private void spend(long some) {
        spent += some;
        if (spent > LIMIT) {
            throw new TooExpensiveException();
        }
    }

    /** Ends an evaluation. */
    static final class TooExpensiveException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooExpensiveException() {
            super("it costs more than %d steps".formatted(LIMIT));
        }
    }
}
