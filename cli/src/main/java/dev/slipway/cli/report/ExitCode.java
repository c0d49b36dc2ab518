package dev.slipway.cli.report;

/** What the process ends with. The numbers never change. */
public enum ExitCode {
    OK(0, "done"),
    BUILD_FAILED(1, "the build was accepted and failed"),
    USAGE(2, "wrong options or input, or a request that was refused"),
    UNAVAILABLE(3, "the stack, its gateway or a registry is not there"),
    TIMEOUT(4, "time ran out"),
    NOT_TRUSTED(5, "an image is not signed by a key that is trusted"),
    DENIED(6, "a policy denies the image, or the rules of access its tags"),
    INTERNAL(70, "a defect of slipway itself"),
    INTERRUPTED(130, "Ctrl-C; a build that was followed goes on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** As the help says it. */
    public String meaning() {
        return meaning;
    }
}
