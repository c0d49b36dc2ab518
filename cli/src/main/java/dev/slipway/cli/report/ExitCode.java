package dev.slipway.cli.report;

/** What the process ends with. The numbers are documented in {@code slipway --help} and never change. */
public enum ExitCode {
    OK(0),
    /** A build was accepted and failed. */
    BUILD_FAILED(1),
    /** What was asked for is wrong: options, references, Dockerfile missing, context, or a request that was refused. */
    USAGE(2),
    /** The stack or its gateway, or a registry, is not there. */
    UNAVAILABLE(3),
    /** Time ran out. */
    TIMEOUT(4),
    /** A defect of the command itself. */
    INTERNAL(70),
    /** Ctrl-C. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
