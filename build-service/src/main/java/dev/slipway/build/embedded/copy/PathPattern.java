package dev.slipway.build.embedded.copy;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A source of a copy that may have wildcards, by the rules of Go's {@code filepath.Match}: {@code *} and {@code ?} stop at
 * slashes, {@code [a-z]} and {@code [^a-z]} are classes, a backslash takes the next character as it is.
 */
final class PathPattern {
    private final Pattern regex;

    private PathPattern(Pattern regex) {
        this.regex = regex;
    }

    static boolean hasWildcards(String text) {
        return text.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
    }

    static PathPattern parse(String text) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> out.append("[^/]*");
                case '?' -> out.append("[^/]");
                case '[' -> {
                    int end = endOfClass(text, i);
                    out.append(characterClass(text.substring(i + 1, end)));
                    i = end;
                }
                case '\\' -> {
                    i++;
                    if (i == text.length()) {
                        throw CopyException.failed("pattern '%s' ends with a backslash".formatted(text));
                    }
                    out.append(Pattern.quote(text.substring(i, i + 1)));
                }
                default -> out.append(Pattern.quote(text.substring(i, i + 1)));
            }
            i++;
        }
        try {
            return new PathPattern(Pattern.compile(out.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw CopyException.failed("pattern '%s' has a malformed class".formatted(text));
        }
    }

    boolean matches(String path) {
        return regex.matcher(path).matches();
    }

    private static int endOfClass(String text, int start) {
        int at = start + 1;
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        boolean empty = true;
        while (at < text.length() && (empty || text.charAt(at) != ']')) {
            at += text.charAt(at) == '\\' ? 2 : 1;
            empty = false;
        }
        if (at >= text.length()) {
            throw CopyException.failed("pattern '%s' has a class without an end".formatted(text));
        }
        return at;
    }

    private static String characterClass(String content) {
        StringBuilder out = new StringBuilder("[");
        int i = 0;
        if (content.startsWith("^")) {
            out.append("^/");
            i++;
        }
        for (; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '-' && i > 0 && i < content.length() - 1) {
                out.append('-');
            } else if (c == '\\') {
                i++;
                out.append('\\').append(content.charAt(i));
            } else {
                out.append("[]&^-\\".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return out.append(']').toString();
    }
}
