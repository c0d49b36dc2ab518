package dev.slipway.build.dockerfile;

import dev.slipway.build.dockerfile.text.GoDuration;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code HEALTHCHECK}. */
final class HealthCheckParser {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private HealthCheckParser() {}

    static Instruction parse(Statement statement) {
        LogicalLine line = statement.line();
        Flags flags = Flags.of(statement, "interval", "timeout", "start-period", "start-interval", "retries");
        Word rest = statement.rest();
        String type = rest.text().split("\\s", 2)[0];
        Word argument = Words.rest(line, rest.offset() + type.length(), statement.escape());
        @Nullable
        Command command = switch (type.toUpperCase(Locale.ROOT)) {
            case "NONE" -> {
                if (!argument.text().isEmpty()) {
                    throw line.invalid(
                            argument.offset(), "HEALTHCHECK NONE takes no argument; expected the end of the line");
                }
                yield null;
            }
            case "CMD" -> command(statement, argument);
            case "" -> throw statement.incomplete("has no argument; expected CMD or NONE");
            default ->
                throw line.invalid(rest.offset(), "expected CMD or NONE after HEALTHCHECK, found '%s'".formatted(type));
        };
        Instruction.HealthCheck check = new Instruction.HealthCheck(
                line,
                command,
                duration(flags.value("interval")),
                duration(flags.value("timeout")),
                duration(flags.value("start-period")),
                duration(flags.value("start-interval")),
                retries(flags.value("retries")));
        return command == null ? none(line) : check;
    }

    /** A check that is none has no times, whatever the flags say. */
    private static Instruction.HealthCheck none(LogicalLine line) {
        return new Instruction.HealthCheck(line, null, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    private static Command command(Statement statement, Word argument) {
        Command command = InstructionParser.command(argument);
        boolean empty = switch (command) {
            case Command.Exec(var arguments) -> arguments.isEmpty();
            case Command.Shell(String shell) -> shell.isEmpty();
        };
        if (empty) {
            throw statement.incomplete("CMD has no command; expected one");
        }
        return command;
    }

    private static int retries(@Nullable Word word) {
        if (word == null) {
            return 0;
        }
        try {
            int retries = Integer.parseInt(word.text());
            if (retries >= 0) {
                return retries;
            }
        } catch (NumberFormatException e) {
            // told below, with the place
        }
        throw word.line()
                .invalid(
                        word.offset(),
                        "'%s' is no number of retries; expected 0 to %d".formatted(word.text(), Integer.MAX_VALUE));
    }

    private static Duration duration(@Nullable Word word) {
        if (word == null) {
            return Duration.ZERO;
        }
        Duration duration = GoDuration.parse(word.text())
                .orElseThrow(() -> word.line()
                        .invalid(
                                word.offset(),
                                "'%s' is no duration; expected for example 30s or 1m30s".formatted(word.text())));
        if (!duration.isZero() && duration.compareTo(SHORTEST) < 0) {
            throw word.line().invalid(word.offset(), "'%s' is too short; expected 1ms at least".formatted(word.text()));
        }
        return duration;
    }
}
