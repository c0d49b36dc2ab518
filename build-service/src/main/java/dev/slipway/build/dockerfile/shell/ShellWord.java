package dev.slipway.build.dockerfile.shell;

import java.util.List;
import java.util.Optional;

/**
 * Takes quotes and escapes off a word and puts values in the place of variables: {@code $x}, {@code ${x}}, and with {@code -},
 * {@code +} and {@code ?} (each with a colon before it too), {@code #}, {@code ##}, {@code %}, {@code %%}, {@code /} and
 * {@code //}. Single quotes keep everything; inside double quotes the escape takes a quote, a dollar and itself only.
 */
public final class ShellWord {
    private static final int END = -1;
    private static final int MOST_LEVELS = 100;

    private final String text;
    private final char escape;
    private final Variables variables;
    private int at;
    private int levels;

    private ShellWord(String text, char escape, Variables variables) {
        this.text = text;
        this.escape = escape;
        this.variables = variables;
    }

    /**
     * Expands.
     *
     * @throws ShellSyntaxException saying what was expected and where
     */
    public static String expand(String word, char escape, Variables variables) {
        return new ShellWord(word, escape, variables).until(END, false).text();
    }

    /** Expands, and splits at blanks that are not quoted; blanks that come out of variables split too. */
    public static List<String> expandAndSplit(String word, char escape, Variables variables) {
        return new ShellWord(word, escape, variables).until(END, false).words();
    }

    /** Finds what is wrong with a word whatever the variables are. */
    public static void check(String word, char escape) {
        expand(word, escape, name -> Optional.of("x"));
    }

    private Expanded until(int stop, boolean rawEscapes) {
        Expanded out = new Expanded();
        int start = at;
        while (peek() != END) {
            int c = peek();
            if (c == stop) {
                at++;
                return out;
            }
            if (c == '$') {
                out.addValue(dollar());
            } else if (c == '\'') {
                out.addQuoted(singleQuoted());
            } else if (c == '"') {
                out.addQuoted(doubleQuoted(rawEscapes));
            } else if (c == escape) {
                at++;
                if (rawEscapes) {
                    out.addQuoted(String.valueOf(escape));
                }
                if (peek() != END) {
                    out.addQuoted(next());
                }
            } else {
                out.addPlain(next());
            }
        }
        if (stop != END) {
            throw new ShellSyntaxException(start, "expected '%c' before the end of the word".formatted((char) stop));
        }
        return out;
    }

    private String singleQuoted() {
        int start = at;
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new ShellSyntaxException(start, "expected a closing single quote");
        }
        at = end + 1;
        return text.substring(start + 1, end);
    }

    private String doubleQuoted(boolean rawEscapes) {
        int start = at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            int c = peek();
            if (c == END) {
                throw new ShellSyntaxException(start, "expected a closing double quote");
            }
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c == '$') {
                out.append(dollar());
            } else if (c == escape) {
                at++;
                int following = peek();
                boolean escaped = following == '"' || following == '$' || following == escape;
                if (rawEscapes) {
                    out.append(escape);
                }
                out.append(escaped ? next() : String.valueOf(escape));
            } else {
                out.append(next());
            }
        }
    }

    private String dollar() {
        int start = at++;
        if (peek() != '{') {
            String name = name();
            return name.isEmpty() ? "$" : value(name);
        }
        at++;
        String name = name();
        if (name.isEmpty()) {
            throw new ShellSyntaxException(start, "expected a name after '${'");
        }
        int c = peek();
        if (c == '}') {
            at++;
            return value(name);
        }
        if (c == END) {
            throw new ShellSyntaxException(start, "expected '}' to close '${%s'".formatted(name));
        }
        return modified(start, name);
    }

    private String modified(int start, String name) {
        boolean emptyIsUnset = peek() == ':';
        if (emptyIsUnset) {
            at++;
        }
        int modifier = peek();
        if (modifier == END || (emptyIsUnset ? "-+?" : "-+?#%/").indexOf(modifier) < 0) {
            throw new ShellSyntaxException(
                    at,
                    "expected one of '}', '-', '+', '?', ':-', ':+', ':?', '#', '%%', '/' after '${%s'"
                            .formatted(name));
        }
        at++;
        if (++levels > MOST_LEVELS) {
            throw new ShellSyntaxException(
                    start, "expected %d variables inside one another at most".formatted(MOST_LEVELS));
        }
        String value = switch ((char) modifier) {
            case '#', '%' -> trimmed(start, name, (char) modifier);
            case '/' -> replaced(start, name);
            default -> alternative(name, (char) modifier, emptyIsUnset);
        };
        levels--;
        return value;
    }

    private String alternative(String name, char modifier, boolean emptyIsUnset) {
        int start = at;
        String word = until('}', false).text();
        Optional<String> value = variables.get(name).filter(v -> !emptyIsUnset || !v.isEmpty());
        return switch (modifier) {
            case '-' -> value.orElse(word);
            case '+' -> value.isPresent() ? word : "";
            default ->
                value.orElseThrow(() -> new ShellSyntaxException(
                        start, "%s: %s".formatted(name, word.isEmpty() ? missing(emptyIsUnset) : word)));
        };
    }

    private static String missing(boolean emptyIsUnset) {
        return emptyIsUnset ? "it must be set and not empty" : "it must be set, and is not";
    }

    private String trimmed(int start, String name, char modifier) {
        boolean longest = peek() == modifier;
        if (longest) {
            at++;
        }
        String pattern = until('}', true).text();
        try {
            return modifier == '#'
                    ? ShellPattern.withoutPrefix(value(name), pattern, longest)
                    : ShellPattern.withoutSuffix(value(name), pattern, longest);
        } catch (IllegalArgumentException e) {
            throw new ShellSyntaxException(start, String.valueOf(e.getMessage()));
        }
    }

    private String replaced(int start, String name) {
        boolean all = peek() == '/';
        if (all) {
            at++;
        }
        String pattern = until('/', true).text();
        String replacement = until('}', true).text();
        try {
            return ShellPattern.replace(value(name), pattern, replacement, all);
        } catch (IllegalArgumentException e) {
            throw new ShellSyntaxException(start, String.valueOf(e.getMessage()));
        }
    }

    /** Digits alone, one special parameter, or letters, digits and underscores. */
    private String name() {
        int start = at;
        if (peek() != END && Character.isDigit(peek())) {
            while (peek() != END && Character.isDigit(peek())) {
                next();
            }
        } else if (peek() != END && "@*#?-$!".indexOf(peek()) >= 0) {
            next();
        } else {
            while (peek() != END && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
                next();
            }
        }
        return text.substring(start, at);
    }

    private String value(String name) {
        return variables.get(name).orElse("");
    }

    private int peek() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    private String next() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return Character.toString(c);
    }
}
