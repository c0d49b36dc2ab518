package dev.slipway.cli.selfbuild;

import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program of the system to its end. */
final class RunProgram {
    private RunProgram() {}

    /** What it printed. */
    static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw CommandFailure.unavailable("%s ended with code %d:%n%s"
                        .formatted(command.getFirst(), code, printed.indent(2).stripTrailing()));
            }
            return printed;
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot run %s: %s".formatted(command.getFirst(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unavailable("interrupted while %s ran".formatted(command.getFirst()));
        }
    }
}
