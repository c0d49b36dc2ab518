package dev.slipway.context.ignore;

import java.util.ArrayList;
import java.util.List;

/** Reads a pattern and checks it as Go's {@code filepath.Match} does. */
final class GlobParser {
    private final String text;
    private int position;

    private GlobParser(String text) {
        this.text = text;
    }

    static List<GlobToken> parse(String text) {
        return new GlobParser(text).tokens();
    }

    private List<GlobToken> tokens() {
        List<GlobToken> tokens = new ArrayList<>();
        while (!atEnd()) {
            int c = next();
            tokens.add(
                    switch (c) {
                        case '*' -> stars();
                        case '?' -> new GlobToken.NotSlash();
                        case '[' -> characterClass();
                        case '\\' -> new GlobToken.Literal(escaped());
                        default -> new GlobToken.Literal(c);
                    });
        }
        return List.copyOf(tokens);
    }

    private GlobToken stars() {
        if (atEnd() || text.charAt(position) != '*') {
            return new GlobToken.Name();
        }
        position++;
        if (!atEnd() && text.charAt(position) == '/') {
            position++;
        }
        return atEnd() ? new GlobToken.Rest() : new GlobToken.Directories();
    }

    private GlobToken characterClass() {
        boolean negated = !atEnd() && text.charAt(position) == '^';
        if (negated) {
            position++;
        }
        List<GlobToken.Range> ranges = new ArrayList<>();
        while (atEnd() || text.charAt(position) != ']' || ranges.isEmpty()) {
            int low = classCharacter();
            int high = low;
            if (!atEnd() && text.charAt(position) == '-') {
                position++;
                high = classCharacter();
            }
            ranges.add(new GlobToken.Range(low, high));
        }
        position++;
        return new GlobToken.CharacterClass(negated, List.copyOf(ranges));
    }

    private int classCharacter() {
        if (atEnd() || text.charAt(position) == ']' || text.charAt(position) == '-') {
            throw malformed("a class needs characters between '[' and ']'");
        }
        int c = next();
        return c == '\\' ? escaped() : c;
    }

    private int escaped() {
        if (atEnd()) {
            throw malformed("nothing follows the backslash at its end");
        }
        return next();
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private int next() {
        int c = text.codePointAt(position);
        position += Character.charCount(c);
        return c;
    }

    private IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("malformed pattern '%s': %s".formatted(text, why));
    }
}
