package dev.slipway.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An instruction's line, cut into keyword, flags and what follows.
 *
 * @param keyword in upper case
 * @param flags each with its two dashes; a lone {@code --} ends them and is not among them
 * @param argumentsOffset where the arguments start in the line
 */
record Statement(LogicalLine line, String keyword, List<Word> flags, int argumentsOffset, char escape) {

    Statement {
        flags = List.copyOf(flags);
    }

    static Statement of(LogicalLine line, char escape) {
        String text = line.text();
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        List<Word> flags = new ArrayList<>();
        int arguments = end;
        for (Word word : Words.quoted(line, end, escape)) {
            if (!word.text().startsWith("--")) {
                arguments = word.offset();
                break;
            }
            arguments = word.offset() + word.text().length();
            if (word.text().equals("--")) {
                break;
            }
            flags.add(word);
        }
        return new Statement(line, text.substring(0, end).toUpperCase(Locale.ROOT), flags, arguments, escape);
    }

    List<Word> plainWords() {
        return Words.plain(line, argumentsOffset, escape);
    }

    List<Word> quotedWords() {
        return Words.quoted(line, argumentsOffset, escape);
    }

    Word rest() {
        return Words.rest(line, argumentsOffset, escape);
    }
}
