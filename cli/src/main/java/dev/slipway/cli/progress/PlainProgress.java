package dev.slipway.cli.progress;

import dev.slipway.cli.progress.Row.State;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line whenever a stage begins or ends, for logs. */
final class PlainProgress implements Progress {
    private final Terminal terminal;
    private final Map<String, String> shown = new HashMap<>();

    PlainProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void show(List<Row> rows) {
        for (Row row : rows) {
            String line = line(row);
            if (!line.isEmpty() && !line.equals(shown.put(row.name(), line))) {
                terminal.note(line);
            }
        }
    }

    @Override
    public synchronized void note(String line) {
        terminal.note(line);
    }

    @Override
    public void close() {}

    private static String line(Row row) {
        String detail = row.detail().isEmpty() ? "" : ", " + row.detail();
        return switch (row.state()) {
            case State.Waiting waiting -> "";
            case State.Running running -> "%s: started%s".formatted(row.name(), detail);
            case State.Done done -> "%s: done in %s%s".formatted(row.name(), Units.text(done.took()), detail);
            case State.Failed failed -> "%s: failed%s".formatted(row.name(), detail);
            case State.Warned warned -> "%s: warning%s".formatted(row.name(), detail);
        };
    }
}
