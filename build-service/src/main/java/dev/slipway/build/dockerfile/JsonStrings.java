package dev.slipway.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the exec form, a JSON array of strings. What is no JSON is in the shell form instead, as it is for Docker; JSON of
 * anything but strings is an error.
 */
final class JsonStrings {

    private static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    private final Word word;
    private final String text;
    private int at;

    private JsonStrings(Word word) {
        this.word = word;
        this.text = word.text();
    }

    /** The strings with their places, or empty where it is the shell form. */
    static Optional<List<Word>> parse(Word word) {
        if (!word.text().startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonStrings(word).array());
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    private List<Word> array() {
        List<Word> strings = new ArrayList<>();
        expect('[');
        skipBlanks();
        if (peek() == ']') {
            at++;
        } else {
            strings.add(element());
            while (peek() == ',') {
                at++;
                strings.add(element());
            }
            expect(']');
        }
        skipBlanks();
        if (at < text.length()) {
            throw new NotJson();
        }
        return List.copyOf(strings);
    }

    private Word element() {
        skipBlanks();
        char c = peek();
        if (c != '"') {
            if (Character.isDigit(c) || ("-{[tfn".indexOf(c) >= 0 && closes())) {
                throw word.line().invalid(word.offset() + at, "the exec form takes strings only; expected '\"'");
            }
            throw new NotJson();
        }
        int start = at;
        String value = string();
        skipBlanks();
        return new Word(word.line(), value, word.offset() + start, word.escape());
    }

    private boolean closes() {
        return text.endsWith("]");
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw new NotJson();
            }
            at++;
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new NotJson();
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw new NotJson();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new NotJson();
        }
        at++;
    }
}
