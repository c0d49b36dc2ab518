package dev.slipway.build.process;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs programs on the calling thread's time: its interrupt ends them. */
public final class RunProgram {
    private final KillTree killing;

    /**
     * Sets up.
     *
     * @param grace how long a program that is to end may tidy up
     */
    public RunProgram(Duration grace) {
        this.killing = new KillTree(grace);
    }

    /**
     * Runs a program to its end, and hands on what it prints, on standard output and on standard error, line by line as it
     * comes. When the thread is interrupted, the program ends with every process below it before this returns. What the consumer
     * throws is thrown when the program has ended by itself.
     *
     * @return its exit code
     * @throws BuildException {@code BUILD_CANCELLED} after an interrupt; {@code BUILD_STEP_FAILED} where the program cannot be
     *     started
     */
    public int run(Invocation invocation, Consumer<String> lines) {
        Process process = start(invocation);
        try {
            Output output = new Output(process.getInputStream(), lines);
            Thread reader =
                    Thread.ofVirtual().name("output of " + invocation.program()).start(output);
            int code = process.waitFor();
            reader.join();
            output.rethrow();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException(Reason.BUILD_CANCELLED, "the build was cancelled", false, e);
        } finally {
            killing.kill(process);
        }
    }

    private static Process start(Invocation invocation) {
        ProcessBuilder builder = new ProcessBuilder(invocation.command())
                .directory(invocation.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED,
                    "'%s' cannot be started: %s".formatted(invocation.program(), e.getMessage()),
                    true,
                    e);
        }
    }
}
