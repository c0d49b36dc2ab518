package dev.slipway.build.dockerfile;

import dev.slipway.build.BuildException;
import dev.slipway.build.dockerfile.shell.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An instruction's line, cut into keyword, flags and what follows.
 *
 * @param keyword as it stands
 * @param flags each with its two dashes and without quotes; a lone {@code --} ends them and is not among them
 * @param argumentsOffset where the arguments start in the line
 */
record Statement(LogicalLine line, Word keyword, List<Word> flags, int argumentsOffset, char escape) {

    Statement {
        flags = List.copyOf(flags);
    }

    static Statement of(LogicalLine line, char escape) {
        return of(line, 0, escape);
    }

    private static Statement of(LogicalLine line, int from, char escape) {
        Word keyword = keyword(line, from, escape);
        List<Word> flags = new ArrayList<>();
        int arguments = keyword.offset() + keyword.text().length();
        for (Word word : Words.quoted(line, arguments, escape)) {
            if (!word.text().startsWith("--")) {
                arguments = word.offset();
                break;
            }
            arguments = word.offset() + word.text().length();
            if (word.text().equals("--")) {
                break;
            }
            flags.add(new Word(line, Quotes.remove(word.text(), escape), word.offset(), escape));
        }
        return new Statement(line, keyword, flags, arguments, escape);
    }

    private static Word keyword(LogicalLine line, int from, char escape) {
        Word rest = Words.rest(line, from, escape);
        int end = 0;
        while (end < rest.text().length() && !Words.isBlank(rest.text().charAt(end))) {
            end++;
        }
        return rest.part(0, end);
    }

    /** The keyword in upper case. */
    String name() {
        return keyword.text().toUpperCase(Locale.ROOT);
    }

    /** The instruction that is this one's argument. */
    Statement inner() {
        return of(line, argumentsOffset, escape);
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

    /** The arguments where they are in exec form. */
    Optional<List<Word>> execWords() {
        return Words.exec(rest());
    }

    /** Something is missing at the end. */
    BuildException incomplete(String why) {
        return line.invalid(line.text().stripTrailing().length(), "%s %s".formatted(name(), why));
    }
}
