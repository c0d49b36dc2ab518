package dev.slipway.context.ignore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pattern of a {@code .dockerignore}, without its exclamation mark. {@code *} and {@code ?} stop at slashes; {@code **}
 * stands for any number of directories, none included, and at the end for everything below; {@code [a-z]} and {@code [^a-z]}
 * are classes; a backslash takes the next character as it is.
 *
 * <p>Matching goes over all alternatives at once, so its time is bounded by the product of both lengths whatever the pattern.
 */
final class Glob {
    private static final String SPECIAL = "*?[]\\";

    private final String text;
    private final List<GlobToken> tokens;
    private final boolean plain;
    private final @Nullable String suffix;

    private Glob(String text, List<GlobToken> tokens) {
        this.text = text;
        this.tokens = tokens;
        this.plain = isPlain(text);
        this.suffix =
                text.length() > 2 && text.startsWith("**") && isPlain(text.substring(2)) ? text.substring(2) : null;
    }

    /** @throws IllegalArgumentException where a class or an escape has no end */
    static Glob parse(String text) {
        return new Glob(text, GlobParser.parse(text));
    }

    static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    String text() {
        return text;
    }

    boolean matches(String path) {
        if (plain) {
            return path.equals(text);
        }
        if (suffix != null) {
            // "**text" is a suffix of the whole path, as it is for Docker: it need not begin a name
            return path.endsWith(suffix) || (suffix.startsWith("/") && path.equals(suffix.substring(1)));
        }
        int end = tokens.size();
        boolean[] at = new boolean[end + 1];
        boolean[] within = new boolean[end + 1];
        reach(at, 0);
        for (int i = 0; i < path.length(); ) {
            int c = path.codePointAt(i);
            boolean[] nextAt = new boolean[end + 1];
            boolean[] nextWithin = new boolean[end + 1];
            for (int t = 0; t < end; t++) {
                if (at[t] || within[t]) {
                    step(t, c, at[t], nextAt, nextWithin);
                }
            }
            at = nextAt;
            within = nextWithin;
            i += Character.charCount(c);
        }
        return at[end];
    }

    private void step(int t, int c, boolean fresh, boolean[] nextAt, boolean[] nextWithin) {
        switch (tokens.get(t)) {
            case GlobToken.One one -> {
                if (fresh && one.accepts(c)) {
                    reach(nextAt, t + 1);
                }
            }
            case GlobToken.Name ignored -> {
                if (fresh && c != '/') {
                    reach(nextAt, t);
                }
            }
            case GlobToken.Rest ignored -> {
                if (fresh) {
                    reach(nextAt, t);
                }
            }
            case GlobToken.Directories ignored -> {
                nextWithin[t] = true;
                if (c == '/') {
                    reach(nextAt, t + 1);
                }
            }
        }
    }

    /** A token that may stand for nothing lets the next one be reached as well. */
    private void reach(boolean[] at, int from) {
        int t = from;
        at[t] = true;
        while (t < tokens.size() && !(tokens.get(t) instanceof GlobToken.One)) {
            t++;
            at[t] = true;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
