package dev.slipway.build.dockerfile.text;

import dev.slipway.build.dockerfile.shell.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The announcement of a here-document: a word like {@code <<EOF}, {@code 3<<-EOF} or {@code <<'two words'}.
 *
 * @param name the line that ends it, without quotes
 * @param withoutTabs whether tabs before that line do not count
 * @param offset where the word starts
 */
public record Heredoc(String name, boolean withoutTabs, int offset) {
    private static final Pattern WORD = Pattern.compile("[0-9]*<<(-?)\\s*([^<]*)");

    /** All of them in an instruction; none where its quotes do not close. Escapes are backslashes, whatever the file says. */
    public static List<Heredoc> in(String instruction) {
        List<Heredoc> found = new ArrayList<>();
        int at = 0;
        while (at < instruction.length()) {
            if (Character.isWhitespace(instruction.charAt(at))) {
                at++;
                continue;
            }
            int end = endOfWord(instruction, at);
            if (end < 0) {
                return List.of();
            }
            Matcher word = WORD.matcher(instruction).region(at, end);
            if (word.matches()) {
                String name = Quotes.remove(word.group(2), '\\');
                if (!name.isEmpty()) {
                    found.add(new Heredoc(name, !word.group(1).isEmpty(), at));
                }
            }
            at = end;
        }
        return found;
    }

    /** Whether a line ends it. */
    public boolean endsWith(String line) {
        int from = 0;
        while (withoutTabs && from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(from).equals(name);
    }

    private static int endOfWord(String text, int start) {
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                return at;
            }
            if (c == '\\') {
                at += 2;
            } else if (c == '\'' || c == '"') {
                at = Quotes.end(text, at, '\\');
                if (at < 0) {
                    return -1;
                }
            } else if (text.startsWith("<<", at)) {
                at += 2;
                while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
            } else {
                at++;
            }
        }
        return text.length();
    }
}
