package dev.slipway.cli.progress;

import dev.slipway.cli.report.Terminal;
import java.time.InstantSource;
import java.util.List;

/** Shows a running build. Safe for use by several threads. */
public interface Progress extends AutoCloseable {

    void show(List<Row> rows);

    /** Something that stays on the screen. */
    void note(String line);

    @Override
    void close();

    /** How a build is shown. */
    enum Style {
        /** As {@code tty} on a terminal, else as {@code plain}. */
        AUTO,
        TTY,
        PLAIN,
        /** Nothing but the digest at the end. */
        QUIET
    }

    static Progress of(Style style, Terminal terminal, InstantSource clock) {
        return switch (style) {
            case AUTO -> terminal.interactive() ? new TtyProgress(terminal, clock) : new PlainProgress(terminal);
            case TTY -> new TtyProgress(terminal, clock);
            case PLAIN -> new PlainProgress(terminal);
            case QUIET -> new QuietProgress();
        };
    }
}
