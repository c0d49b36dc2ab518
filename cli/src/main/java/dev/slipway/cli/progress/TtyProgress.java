package dev.slipway.cli.progress;

import dev.slipway.cli.progress.Row.State;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line per stage, written over again while times run. */
final class TtyProgress implements Progress {
    private static final long REDRAW_MILLIS = 100;
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final int DETAIL_GAP = 2;
    private static final int TIME_WIDTH = 10;

    private final Terminal terminal;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<Row> rows = List.of();
    private int drawn;

    TtyProgress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        Thread.ofPlatform().daemon().name("progress").start(this::tick);
    }

    @Override
    public synchronized void show(List<Row> newRows) {
        rows = List.copyOf(newRows);
        draw();
    }

    @Override
    public synchronized void note(String line) {
        StringBuilder screen = new StringBuilder();
        rewind(screen);
        screen.append(CLEAR_LINE).append(line).append('\n');
        drawn = 0;
        terminal.err().print(screen);
        draw();
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            draw();
        }
    }

    private void tick() {
        try {
            while (!closed.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    draw();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        Instant now = clock.instant();
        StringBuilder screen = new StringBuilder();
        rewind(screen);
        for (Row row : rows) {
            screen.append(CLEAR_LINE).append(line(row, width, now)).append('\n');
        }
        drawn = rows.size();
        terminal.err().print(screen);
        terminal.err().flush();
    }

    private void rewind(StringBuilder screen) {
        if (drawn > 0) {
            screen.append("\u001b[").append(drawn).append('A');
        }
    }

    private String line(Row row, int width, Instant now) {
        String time = switch (row.state()) {
            case State.Waiting waiting -> "";
            case State.Running running -> Units.text(positive(Duration.between(running.since(), now)));
            case State.Done done -> Units.text(done.took());
            case State.Failed failed -> "failed";
            case State.Warned warned -> "warning";
        };
        String mark = switch (row.state()) {
            case State.Waiting waiting -> " ";
            case State.Running running -> ">";
            case State.Done done -> "+";
            case State.Failed failed -> "x";
            case State.Warned warned -> "!";
        };
        String left = " %s %s".formatted(mark, row.name());
        StringBuilder line = new StringBuilder(left)
                .repeat(' ', width + DETAIL_GAP - row.name().length());
        line.repeat(' ', Math.max(0, TIME_WIDTH - time.length())).append(time);
        if (!row.detail().isEmpty()) {
            line.repeat(' ', DETAIL_GAP).append(row.detail());
        }
        int columns = terminal.interactive() ? terminal.columns() : Integer.MAX_VALUE;
        return line.length() < columns ? line.toString() : line.substring(0, columns - 1);
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
