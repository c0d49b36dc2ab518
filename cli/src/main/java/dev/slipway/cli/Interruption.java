package dev.slipway.cli;

import dev.slipway.cli.report.Terminal;
import org.jspecify.annotations.Nullable;

/** Says, when Ctrl-C ends the process while a build is followed, that the build goes on and how to follow it again. */
final class Interruption implements AutoCloseable {
    private final Terminal terminal;
    private @Nullable Thread hook;

    Interruption(Terminal terminal) {
        this.terminal = terminal;
    }

    void announce(String buildId) {
        Thread thread = new Thread(() -> terminal.note(
                "%nslipway: stopped following; build %s goes on: 'slipway events --build %3$s --follow' shows it, 'slipway cancel %3$s' stops it"
                        .formatted(buildId, buildId, buildId.substring(0, Math.min(8, buildId.length())))));
        Runtime.getRuntime().addShutdownHook(thread);
        hook = thread;
    }

    @Override
    public void close() {
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending, and the hook says its line.
            }
        }
    }
}
