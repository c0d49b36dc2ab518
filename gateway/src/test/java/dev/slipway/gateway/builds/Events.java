package dev.slipway.gateway.builds;

import dev.slipway.gateway.builds.LogPosition.Partition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as the log would give them: each test's own partition of a topic counts from zero. */
final class Events {
    static final String BUILD = "0123456789abcdef0123456789abcdef";
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Events() {}

    static LoggedEvent event(String build, String topic, long offset, @Nullable BuildChange change) {
        return new LoggedEvent(
                new Partition(topic, 0),
                offset,
                topic + " " + offset,
                "dev.slipway.test.v1",
                build,
                NOON.plusSeconds(offset),
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "{\"offset\":" + offset + "}",
                Optional.ofNullable(change));
    }

    static LoggedEvent event(String topic, long offset, @Nullable BuildChange change) {
        return event(BUILD, topic, offset, change);
    }
}
