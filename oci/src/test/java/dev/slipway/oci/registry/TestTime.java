package dev.slipway.oci.registry;

import dev.slipway.oci.registry.http.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that only moves when somebody pauses, at once. */
final class TestTime implements InstantSource, Pauses {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Runnable onPause = () -> {};
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration length) {
        pauses.add(length);
        Runnable meanwhile = onPause;
        onPause = () -> {};
        meanwhile.run();
        now = now.plus(length);
    }

    /** Does something once, in the next pause, before its time has passed. */
    synchronized void onPause(Runnable meanwhile) {
        onPause = meanwhile;
    }

    synchronized void advance(Duration length) {
        now = now.plus(length);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
