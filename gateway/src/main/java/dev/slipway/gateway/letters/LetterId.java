package dev.slipway.gateway.letters;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter lies on its topic, which is its name too: {@code 0-17}. */
public record LetterId(int partition, long offset) {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,6})-([0-9]{1,18})");

    /** Empty for what is no such name. */
    public static Optional<LetterId> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
