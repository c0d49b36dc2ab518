package dev.slipway.cli;

import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import dev.slipway.cli.stack.StackListener;
import java.time.Duration;

/** Tells how a stack starts and stops, a line per process. */
record StackProgress(Terminal terminal) implements StackListener {
    @Override
    public void starting(String process) {
        if (terminal.interactive()) {
            terminal.note("  starting  " + process);
        }
    }

    @Override
    public void ready(String process, Duration after) {
        terminal.note("  ready     %s (%s)".formatted(process, Units.text(after)));
    }

    @Override
    public void stopped(String process, boolean killed) {
        terminal.note("  %s   %s".formatted(killed ? "killed " : "stopped", process));
    }
}
