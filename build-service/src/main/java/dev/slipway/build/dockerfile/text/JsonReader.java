package dev.slipway.build.dockerfile.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells JSON from what only looks so: {@code [ -f x ]} is a command of the shell, {@code [1]} an array. */
final class JsonReader {
    private static final Pattern SCALAR =
            Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null");
    private static final int MOST_LEVELS = 200;

    private static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private int at;
    private int levels;

    private JsonReader(String text) {
        this.text = text;
    }

    static JsonArray read(String text) {
        try {
            return new JsonReader(text).whole();
        } catch (NotJson e) {
            return new JsonArray.Other();
        }
    }

    private JsonArray whole() {
        List<JsonArray.Text> strings = new ArrayList<>();
        int firstOther = -1;
        skipBlanks();
        expect('[');
        skipBlanks();
        if (!taken(']')) {
            do {
                skipBlanks();
                int start = at;
                if (peek() == '"') {
                    strings.add(new JsonArray.Text(string(), start + 1));
                } else {
                    value();
                    firstOther = firstOther < 0 ? start : firstOther;
                }
                skipBlanks();
            } while (taken(','));
            expect(']');
        }
        skipBlanks();
        if (at < text.length()) {
            throw new NotJson();
        }
        return firstOther < 0 ? new JsonArray.Strings(strings) : new JsonArray.Mixed(firstOther);
    }

    private void value() {
        if (++levels > MOST_LEVELS) {
            throw new NotJson();
        }
        switch (peek()) {
            case '"' -> string();
            case '[' -> members(']', false);
            case '{' -> members('}', true);
            default -> scalar();
        }
        levels--;
    }

    private void members(char end, boolean named) {
        at++;
        skipBlanks();
        if (taken(end)) {
            return;
        }
        do {
            skipBlanks();
            if (named) {
                string();
                skipBlanks();
                expect(':');
                skipBlanks();
            }
            value();
            skipBlanks();
        } while (taken(','));
        expect(end);
    }

    private void scalar() {
        Matcher matcher = SCALAR.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new NotJson();
        }
        at = matcher.end();
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new NotJson();
            }
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
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw new NotJson();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private boolean taken(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!taken(c)) {
            throw new NotJson();
        }
    }
}
