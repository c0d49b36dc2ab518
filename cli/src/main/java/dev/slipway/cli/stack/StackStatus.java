package dev.slipway.cli.stack;

import dev.slipway.cli.process.Probe;
import dev.slipway.cli.process.ProcessRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks at the processes of a stack. */
public final class StackStatus {

    /**
     * A process as it is now.
     *
     * @param uptime empty where the process does not run
     */
    public record Line(String name, long pid, int port, boolean ready, Optional<Duration> uptime) {}

    private final InstantSource clock;

    public StackStatus(InstantSource clock) {
        this.clock = clock;
    }

    /** One line per process that a stack has, in the order in which they start. */
    public List<Line> lines(StackState state) {
        Instant now = clock.instant();
        return StackLayout.names().stream()
                .map(name -> state.process(name)
                        .map(process -> line(process, now))
                        .orElseGet(() -> new Line(name, 0, 0, false, Optional.empty())))
                .toList();
    }

    private static Line line(ProcessRecord process, Instant now) {
        boolean running = process.running().isPresent();
        Optional<Duration> uptime =
                running ? Optional.of(Duration.between(process.startedAt(), now)) : Optional.empty();
        return new Line(process.name(), process.pid(), process.port(), running && Probe.isReady(process), uptime);
    }
}
