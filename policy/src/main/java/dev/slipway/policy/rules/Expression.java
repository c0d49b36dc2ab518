package dev.slipway.policy.rules;

/**
 * A CEL expression in a file.
 *
 * @param start of its first line
 * @param indent columns before each later line
 * @param exact whether its lines are lines of the file; of text that YAML folds only the start is known
 */
public record Expression(String text, Place start, int indent, boolean exact) {

    /**
     * Where in the file a place in the expression is.
     *
     * @param line of the expression, counted from 1
     * @param column of the expression, counted from 0
     */
    public Place place(int line, int column) {
        if (!exact || line < 1 || column < 0) {
            return start;
        }
        int before = line == 1 ? start.column() : indent + 1;
        return new Place(start.file(), start.line() + line - 1, before + column);
    }
}
