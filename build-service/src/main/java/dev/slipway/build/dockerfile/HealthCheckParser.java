package dev.slipway.build.dockerfile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code HEALTHCHECK}. */
final class HealthCheckParser {
    /** Go's durations, without a sign. */
    private static final Pattern DURATION = Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

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
            case "CMD" -> {
                if (argument.text().isEmpty()) {
                    throw line.invalid(argument.offset(), "HEALTHCHECK CMD has no command; expected one");
                }
                yield InstructionParser.command(argument);
            }
            default -> throw line.invalid(rest.offset(), "expected CMD or NONE after HEALTHCHECK");
        };
        return new Instruction.HealthCheck(
                line,
                command,
                duration(flags.value("interval")),
                duration(flags.value("timeout")),
                duration(flags.value("start-period")),
                duration(flags.value("start-interval")),
                retries(flags.value("retries")));
    }

    private static int retries(@Nullable Word word) {
        if (word == null) {
            return 0;
        }
        if (!word.text().matches("[0-9]{1,9}")) {
            throw word.line().invalid(word.offset(), "'%s' is no number of retries".formatted(word.text()));
        }
        return Integer.parseInt(word.text());
    }

    private static Duration duration(@Nullable Word word) {
        if (word == null || word.text().equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = DURATION.matcher(word.text());
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            String number = part.group().substring(0, part.start(1) - part.start());
            nanos = nanos.add(
                    new BigDecimal(number).multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(1), 0L))));
            end = part.end();
        }
        if (end == 0 || end != word.text().length()) {
            throw word.line()
                    .invalid(
                            word.offset(),
                            "'%s' is no duration; expected for example 30s or 1m30s".formatted(word.text()));
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        if (!duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
            throw word.line().invalid(word.offset(), "'%s' is too short; expected 1ms at least".formatted(word.text()));
        }
        return duration;
    }
}
