package dev.slipway.cli.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that was started, with what tells it from any other that may have its number by now.
 *
 * @param startedAt as the operating system says
 * @param port where its health is asked
 * @param readyUrl answers 200 when it is ready
 */
public record ProcessRecord(String name, long pid, Instant startedAt, int port, String readyUrl) {

    /** The system property that marks a process of a stack on its command line. */
    public static final String NAME_PROPERTY = "slipway.process";

    /** How far two readings of one start time may lie apart: the kernel counts ticks since a boot time that is rounded. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /** The process, if it is still the one that was started. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        boolean sameStart = info.startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .orElse(false);
        return sameStart && isMarked(info);
    }

    /** In the moment of an exec a process has no command line; its start time is all there is then. */
    private boolean isMarked(ProcessHandle.Info info) {
        String mark = "-D" + NAME_PROPERTY + "=" + name;
        return info.arguments()
                .map(arguments -> java.util.List.of(arguments).contains(mark))
                .orElseGet(() ->
                        info.commandLine().map(line -> line.contains(mark)).orElse(true));
    }
}
