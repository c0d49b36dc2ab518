package dev.slipway.build.dockerfile;

import dev.slipway.build.dockerfile.text.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the text of an instruction into words. Quotes and escapes stay in the words: they are taken off on expansion. */
final class Words {
    private Words() {}

    /** Words between blanks, whatever quotes there are. */
    static List<Word> plain(LogicalLine line, int from, char escape) {
        String text = line.text().stripTrailing();
        List<Word> words = new ArrayList<>();
        int at = rest(line, from, escape).offset();
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && !isBlank(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                words.add(new Word(line, text.substring(start, at), start, escape));
            }
            at++;
        }
        return words;
    }

    /** Words between blanks that are neither quoted nor escaped. */
    static List<Word> quoted(LogicalLine line, int from, char escape) {
        String text = line.text().stripTrailing();
        List<Word> words = new ArrayList<>();
        int at = from;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int end = endOfQuoted(text, at, escape);
            words.add(new Word(line, text.substring(at, end), at, escape));
            at = end;
        }
        return words;
    }

    private static int endOfQuoted(String text, int start, char escape) {
        char quote = 0;
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == escape && quote != '\'') {
                at += 2;
                continue;
            }
            if (quote == 0 && Character.isWhitespace(c)) {
                return at;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            at++;
        }
        return text.length();
    }

    /** All that follows, without blanks around it. */
    static Word rest(LogicalLine line, int from, char escape) {
        String text = line.text();
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new Word(line, text.substring(start).stripTrailing(), start, escape);
    }

    /**
     * The exec form, a JSON array of strings. What is no JSON is the shell form, as it is for Docker; JSON of anything but
     * strings is an error.
     */
    static Optional<List<Word>> exec(Word word) {
        return switch (JsonArray.read(word.text())) {
            case JsonArray.Strings(List<JsonArray.Text> texts) ->
                Optional.of(texts.stream()
                        .map(text -> new Word(word.line(), text.value(), word.offset() + text.offset(), word.escape()))
                        .toList());
            case JsonArray.Mixed(int offset) ->
                throw word.line().invalid(word.offset() + offset, "the exec form takes strings only; expected '\"'");
            case JsonArray.Other() -> Optional.empty();
        };
    }

    /** What stands between the words of an instruction. */
    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
    }
}
