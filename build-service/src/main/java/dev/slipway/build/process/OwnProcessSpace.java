package dev.slipway.build.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs in a process namespace each (Linux, {@code pid_namespaces(7)}), where this process may: then the kernel ends all
 * that a program started when it ends, also what has made itself a daemon. Elsewhere programs run as they are.
 */
public final class OwnProcessSpace {
    private static final List<String> UNSHARE =
            List.of("unshare", "--fork", "--pid", "--mount-proc", "--kill-child=SIGKILL", "--");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final boolean available;

    private OwnProcessSpace(boolean available) {
        this.available = available;
    }

    /** Finds out by trying. */
    public static OwnProcessSpace probe() {
        return new OwnProcessSpace(works(wrapped(List.of("true"))));
    }

    public boolean isAvailable() {
        return available;
    }

    public List<String> around(List<String> command) {
        return available ? wrapped(command) : command;
    }

    private static List<String> wrapped(List<String> command) {
        List<String> all = new ArrayList<>(UNSHARE);
        all.addAll(command);
        return List.copyOf(all);
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
