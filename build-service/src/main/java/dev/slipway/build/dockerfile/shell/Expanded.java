package dev.slipway.build.dockerfile.shell;

import java.util.ArrayList;
import java.util.List;

/** A word as it grows, and at the same time the words that it falls into. */
final class Expanded {
    private final StringBuilder text = new StringBuilder();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    String text() {
        return text.toString();
    }

    List<String> words() {
        endWord();
        return List.copyOf(words);
    }

    /** What stands in quotes or behind an escape: blanks in it do not split. */
    void addQuoted(String part) {
        text.append(part);
        word.append(part);
    }

    void addPlain(String character) {
        text.append(character);
        split(character);
    }

    void addValue(String value) {
        text.append(value);
        split(value);
    }

    private void split(String part) {
        part.codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                endWord();
            } else {
                word.appendCodePoint(c);
            }
        });
    }

    private void endWord() {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
