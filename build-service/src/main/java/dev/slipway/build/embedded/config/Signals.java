package dev.slipway.build.embedded.config;

import java.util.Locale;
import java.util.Set;

/** Names of Linux's signals, for {@code STOPSIGNAL}. */
public final class Signals {
    private static final int MAX = 64;
    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ");

    private Signals() {}

    /**
     * Checks a number or a name, with or without {@code SIG}; the config keeps it as it is.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static String check(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        name = name.startsWith("SIG") ? name.substring(3) : name;
        boolean isNumber = text.matches("[0-9]{1,2}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX;
        if (isNumber || NAMES.contains(name) || name.matches("RTMIN(\\+([1-9]|1[0-5]))?|RTMAX(-([1-9]|1[0-4]))?")) {
            return text;
        }
        throw new IllegalArgumentException(
                "'%s' is no signal; expected a name such as SIGTERM, or 1 to %d".formatted(text, MAX));
    }
}
