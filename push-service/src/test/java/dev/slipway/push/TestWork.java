package dev.slipway.push;

import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Steps;
import dev.slipway.push.work.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Work on a clock that only pauses move. */
public final class TestWork {
    private TestWork() {}

    public static Work create() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T09:14:07Z"));
        InstantSource source = now::get;
        return new Work(
                new Parallel(Thread.ofVirtual().factory()),
                pause -> now.updateAndGet(instant -> instant.plus(pause)),
                Steps.UNWATCHED,
                source.withZone(ZoneOffset.UTC));
    }
}
