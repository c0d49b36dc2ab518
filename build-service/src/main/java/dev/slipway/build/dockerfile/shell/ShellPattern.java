package dev.slipway.build.dockerfile.shell;

import java.util.Arrays;

/**
 * Patterns of {@code ${x#…}}, {@code ${x%…}} and {@code ${x/…/…}}: {@code *}, {@code ?} and a backslash, no classes. As for
 * BuildKit, {@code *} and {@code ?} do not reach over the end of a line. The work grows with the length of pattern times value,
 * whatever the pattern is.
 */
final class ShellPattern {
    private static final int ONE = -1;
    private static final int MANY = -2;
    private static final int NONE = -1;
    private static final long MOST_WORK = 100_000_000;

    private final int[] tokens;

    /** @throws IllegalArgumentException for a backslash before an ordinary character */
    private ShellPattern(String pattern) {
        int[] found = new int[pattern.length()];
        int count = 0;
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == '\\') {
                i++;
                if (i == characters.length || "*?\\}/".indexOf(characters[i]) < 0) {
                    throw new IllegalArgumentException(
                            "the pattern '%s' escapes an ordinary character; expected *, ?, \\, } or / after a backslash"
                                    .formatted(pattern));
                }
                found[count++] = characters[i];
            } else {
                found[count++] = c == '*' ? MANY : c == '?' ? ONE : c;
            }
        }
        this.tokens = Arrays.copyOf(found, count);
    }

    static String withoutPrefix(String value, String pattern, boolean longest) {
        int[] characters = value.codePoints().toArray();
        int end = new ShellPattern(pattern).ends(characters, longest)[0];
        return end == NONE ? value : text(characters, end, characters.length);
    }

    static String withoutSuffix(String value, String pattern, boolean longest) {
        int[] characters = value.codePoints().toArray();
        ShellPattern backwards = new ShellPattern(pattern);
        reverse(backwards.tokens);
        reverse(characters);
        int end = backwards.ends(characters, longest)[0];
        reverse(characters);
        return end == NONE ? value : text(characters, 0, characters.length - end);
    }

    /** Nothing is replaced directly behind what was replaced before. */
    static String replace(String value, String pattern, String replacement, boolean all) {
        int[] characters = value.codePoints().toArray();
        int[] ends = new ShellPattern(pattern).ends(characters, true);
        StringBuilder out = new StringBuilder();
        int kept = 0;
        int last = NONE;
        int at = 0;
        while (at <= characters.length && (all || last == NONE)) {
            int end = ends[at];
            if (end != NONE && (end > at || at != last)) {
                out.append(text(characters, kept, at)).append(replacement);
                kept = end;
                last = end;
            }
            at = Math.max(at + 1, end);
        }
        return out.append(text(characters, kept, characters.length)).toString();
    }

    /** For each place in the value where the pattern ends that starts there, or {@link #NONE}. */
    private int[] ends(int[] value, boolean longest) {
        if ((long) value.length * tokens.length > MOST_WORK) {
            throw new IllegalArgumentException("the pattern is too long for a value of this length");
        }
        int[] ends = new int[value.length + 1];
        int[] following = new int[tokens.length + 1];
        Arrays.fill(following, NONE);
        for (int at = value.length; at >= 0; at--) {
            int[] here = new int[tokens.length + 1];
            here[tokens.length] = at;
            int c = at < value.length ? value[at] : NONE;
            boolean inLine = c != NONE && c != '\n';
            for (int i = tokens.length - 1; i >= 0; i--) {
                here[i] = switch (tokens[i]) {
                    case MANY -> better(here[i + 1], inLine ? following[i] : NONE, longest);
                    case ONE -> inLine ? following[i + 1] : NONE;
                    default -> c == tokens[i] ? following[i + 1] : NONE;
                };
            }
            ends[at] = here[0];
            following = here;
        }
        return ends;
    }

    private static int better(int a, int b, boolean longest) {
        if (a == NONE || b == NONE) {
            return Math.max(a, b);
        }
        return longest ? Math.max(a, b) : Math.min(a, b);
    }

    private static String text(int[] characters, int from, int to) {
        return new String(characters, from, to - from);
    }

    private static void reverse(int[] items) {
        for (int i = 0, j = items.length - 1; i < j; i++, j--) {
            int item = items[i];
            items[i] = items[j];
            items[j] = item;
        }
    }
}
