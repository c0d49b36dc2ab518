package dev.slipway.cli.report;

import java.io.PrintStream;

/**
 * Where a command writes: results to {@code out}, progress and errors to {@code err}.
 *
 * @param columns of the terminal that {@code err} is; 0 where it is none
 */
public record Terminal(PrintStream out, PrintStream err, int columns) {

    private static final int DEFAULT_COLUMNS = 80;

    /** The process's own streams. The launcher measures the terminal, which Java cannot do fast. */
    public static Terminal ofProcess() {
        String columns = System.getProperty("slipway.columns");
        return new Terminal(System.out, System.err, columns == null ? 0 : parse(columns));
    }

    public boolean interactive() {
        return columns > 0;
    }

    public void print(String line) {
        out.println(line);
    }

    public void note(String line) {
        err.println(line);
    }

    private static int parse(String columns) {
        try {
            int parsed = Integer.parseInt(columns.strip());
            return parsed > 0 ? parsed : DEFAULT_COLUMNS;
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }
}
