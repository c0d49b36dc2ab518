package dev.slipway.cli.report;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people read and write them. */
public final class Units {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

    private Units() {}

    /** {@code 12 ms}, {@code 1.24 s}, {@code 3 m 07 s}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 100_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        return String.format(Locale.ROOT, "%d m %02d s", duration.toMinutes(), duration.toSecondsPart());
    }

    /** {@code 512 B}, {@code 20.0 MB}: decimal units. */
    public static String bytes(long count) {
        if (count < 1_000) {
            return count + " B";
        }
        double value = count;
        String unit = "B";
        for (String next : new String[] {"kB", "MB", "GB", "TB"}) {
            if (value < 1_000) {
                break;
            }
            value /= 1_000;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    /**
     * Reads {@code 90s}, {@code 1h30m}, {@code 500ms}, {@code 1.5h} or ISO 8601's {@code PT1H}.
     *
     * @throws IllegalArgumentException quoting a text that is no duration, or not a positive one
     */
    public static Duration duration(String text) {
        Duration duration = parse(text.strip().toLowerCase(Locale.ROOT), text);
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("a duration must be more than nothing: '%s'".formatted(text));
        }
        return duration;
    }

    private static Duration parse(String lower, String text) {
        if (lower.startsWith("pt") || lower.startsWith("p")) {
            try {
                return Duration.parse(lower);
            } catch (DateTimeParseException e) {
                throw notADuration(text);
            }
        }
        Matcher part = PART.matcher(lower);
        double millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis += Double.parseDouble(part.group(1)) * millisOf(part.group(2));
            end = part.end();
        }
        if (end == 0 || end != lower.length()) {
            throw notADuration(text);
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static long millisOf(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException("not a duration: '%s'; wanted is like 90s, 10m or 1h30m".formatted(text));
    }
}
