package dev.slipway.build.embedded.copy;

import java.util.regex.Pattern;

/**
 * A source of a copy that may have wildcards, by the rules of Go's {@code filepath.Match}: {@code *} and {@code ?} stop at
 * slashes, {@code [a-z]} and {@code [^a-z]} are classes, a backslash takes the next character as it is.
 */
final class PathPattern {
    private final Pattern regex;

    private PathPattern(Pattern regex) {
        this.regex = regex;
    }

    /** A backslash alone does not make a pattern. */
    static boolean hasWildcards(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '[') {
                return true;
            }
            if (c == '\\') {
                i++;
            }
        }
        return false;
    }

    static PathPattern parse(String text) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> out.append("[^/]*");
                case '?' -> out.append("[^/]");
                case '[' -> i = appendClass(text, i, out) - 1;
                case '\\' -> {
                    if (i + 1 == text.length()) {
                        throw CopyException.failed("pattern '%s' ends with a backslash".formatted(text));
                    }
                    i = appendLiteral(text, i + 1, out) - 1;
                }
                default -> i = appendLiteral(text, i, out) - 1;
            }
            i++;
        }
        return new PathPattern(Pattern.compile(out.toString(), Pattern.DOTALL));
    }

    boolean matches(String path) {
        return regex.matcher(path).matches();
    }

    private static int appendLiteral(String text, int at, StringBuilder out) {
        out.append("\\x{%x}".formatted(text.codePointAt(at)));
        return at + Character.charCount(text.codePointAt(at));
    }

    /** Returns where the class ends. */
    private static int appendClass(String text, int start, StringBuilder out) {
        boolean negated = text.startsWith("^", start + 1);
        int at = start + (negated ? 2 : 1);
        int first = at;
        StringBuilder ranges = new StringBuilder();
        while (at == first || at >= text.length() || text.charAt(at) != ']') {
            int low = member(text, at);
            at = afterMember(text, at);
            int high = low;
            if (text.startsWith("-", at)) {
                high = member(text, at + 1);
                at = afterMember(text, at + 1);
            }
            if (low <= high) {
                ranges.append("\\x{%x}-\\x{%x}".formatted(low, high));
            }
        }
        if (negated) {
            out.append("[^/").append(ranges).append(']');
        } else {
            out.append(ranges.isEmpty() ? "(?!)" : "[" + ranges + "]");
        }
        return at + 1;
    }

    private static int member(String text, int at) {
        int start = text.startsWith("\\", at) ? at + 1 : at;
        boolean malformed = start >= text.length() || (start == at && "-]".indexOf(text.charAt(at)) >= 0);
        if (malformed) {
            throw CopyException.failed(
                    "pattern '%s' has a malformed class; expected for example [a-z]".formatted(text));
        }
        return text.codePointAt(start);
    }

    private static int afterMember(String text, int at) {
        int start = text.startsWith("\\", at) ? at + 1 : at;
        return start + Character.charCount(text.codePointAt(start));
    }
}
