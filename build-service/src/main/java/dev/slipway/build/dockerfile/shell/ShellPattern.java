package dev.slipway.build.dockerfile.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of {@code ${x#…}}, {@code ${x%…}} and {@code ${x/…/…}}: {@code *}, {@code ?} and a backslash, no classes. */
final class ShellPattern {
    private ShellPattern() {}

    static String withoutPrefix(String value, String pattern, boolean longest) {
        Matcher matcher = compile(pattern, longest).matcher(value);
        return matcher.lookingAt() ? value.substring(matcher.end()) : value;
    }

    static String withoutSuffix(String value, String pattern, boolean longest) {
        Pattern compiled = compile(pattern, true);
        for (int i = 0; i <= value.length(); i++) {
            int start = longest ? i : value.length() - i;
            if (compiled.matcher(value.substring(start)).matches()) {
                return value.substring(0, start);
            }
        }
        return value;
    }

    static String replace(String value, String pattern, String replacement, boolean all) {
        Matcher matcher = compile(pattern, true).matcher(value);
        String quoted = Matcher.quoteReplacement(replacement);
        return all ? matcher.replaceAll(quoted) : matcher.replaceFirst(quoted);
    }

    /** @throws IllegalArgumentException for a backslash before an ordinary character */
    private static Pattern compile(String pattern, boolean greedy) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> regex.append(greedy ? ".*" : ".*?");
                case '?' -> regex.append('.');
                case '\\' -> {
                    i++;
                    if (i >= pattern.length() || "*?\\}/".indexOf(pattern.charAt(i)) < 0) {
                        throw new IllegalArgumentException("invalid escape in pattern '%s'".formatted(pattern));
                    }
                    regex.append(Pattern.quote(pattern.substring(i, i + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
