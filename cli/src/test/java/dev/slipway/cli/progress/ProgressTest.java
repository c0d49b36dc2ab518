package dev.slipway.cli.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.progress.Progress.Style;
import dev.slipway.cli.progress.Row.State;
import dev.slipway.cli.report.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:14:07Z");
    private static final Row DONE = new Row("plan", new State.Done(Duration.ofMillis(31)), "");
    private static final Row RUNNING =
            new Row("linux/amd64", new State.Running(NOW.minusMillis(1500)), "building on w");
    private static final Row FAILED = new Row("publish", new State.Failed(), "");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void writesALineWheneverAStageChangesInPlainStyle() {
        try (Progress progress = progress(Style.PLAIN, 0)) {
            progress.show(List.of(Row.waiting("plan"), Row.waiting("linux/amd64")));
            progress.show(List.of(DONE, RUNNING));
            progress.show(List.of(DONE, RUNNING, FAILED));
        }

        assertThat(written()).isEqualTo("plan: done in 31 ms\nlinux/amd64: started, building on w\npublish: failed\n");
    }

    @Test
    void writesNothingInQuietStyle() {
        try (Progress progress = progress(Style.QUIET, 80)) {
            progress.show(List.of(DONE, RUNNING));
            progress.note("something");
        }

        assertThat(written()).isEmpty();
        assertThat(out.size()).isZero();
    }

    @Test
    void writesOverItsOwnLinesOnATerminal() {
        try (Progress progress = progress(Style.TTY, 80)) {
            progress.show(List.of(Row.waiting("plan"), RUNNING));
        }

        assertThat(written())
                .contains(" > linux/amd64      1.50 s  building on w\n")
                .contains("\u001b[2A");
    }

    @Test
    void neverWritesMoreThanALineOnATerminal() {
        try (Progress progress = progress(Style.TTY, 30)) {
            progress.show(List.of(new Row("linux/amd64", new State.Running(NOW), "x".repeat(200))));
        }

        assertThat(written().lines().map(line -> line.replaceAll("\u001b\\[[0-9]*[AK]", "")))
                .allMatch(line -> line.length() < 30);
    }

    @Test
    void keepsNotesAboveItsLines() {
        try (Progress progress = progress(Style.TTY, 80)) {
            progress.show(List.of(DONE));
            progress.note("a note");
        }

        assertThat(written()).containsSubsequence("plan", "a note\n", "plan");
    }

    @Test
    void choosesTheStyleByWhereItWrites() {
        try (Progress plain = progress(Style.AUTO, 0);
                Progress tty = progress(Style.AUTO, 80)) {
            assertThat(plain).isInstanceOf(PlainProgress.class);
            assertThat(tty).isInstanceOf(TtyProgress.class);
        }
    }

    private Progress progress(Style style, int columns) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), columns);
        return Progress.of(style, terminal, InstantSource.fixed(NOW));
    }

    private String written() {
        return err.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
