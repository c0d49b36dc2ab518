package dev.slipway.build.tool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** The end of what a tool printed, for the error message. */
public final class LastLines {
    private static final int KEPT = 12;
    private static final int LONGEST = 300;

    private final Deque<String> lines = new ArrayDeque<>();

    public synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** On one line, the latest last. */
    @Override
    public synchronized String toString() {
        return lines.isEmpty() ? "it printed nothing" : lines.stream().collect(Collectors.joining(" | "));
    }
}
