package dev.slipway.manifest.join;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** When which build is to be looked at again. A build may be in here several times: looking once too often does no harm. */
final class Timers {
    private record Timer(Instant at, String buildId) {}

    private final PriorityQueue<Timer> queue = new PriorityQueue<>(Comparator.comparing(Timer::at));

    void set(Instant at, String buildId) {
        queue.add(new Timer(at, buildId));
    }

    /** Takes out the builds whose time has come. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        for (Timer next = queue.peek(); next != null && !next.at().isAfter(now); next = queue.peek()) {
            due.add(next.buildId());
            queue.remove();
        }
        return due.stream().distinct().toList();
    }
}
