package dev.slipway.build.dockerfile;

import java.util.List;

/** What {@code CMD}, {@code ENTRYPOINT} and {@code HEALTHCHECK CMD} take. */
public sealed interface Command {

    record Exec(List<String> arguments) implements Command {
        public Exec {
            arguments = List.copyOf(arguments);
        }
    }

    record Shell(String line) implements Command {}
}
