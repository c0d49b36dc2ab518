package dev.slipway.cli.progress;

import java.util.List;

/** Shows nothing. */
record QuietProgress() implements Progress {
    @Override
    public void show(List<Row> rows) {}

    @Override
    public void note(String line) {}

    @Override
    public void close() {}
}
