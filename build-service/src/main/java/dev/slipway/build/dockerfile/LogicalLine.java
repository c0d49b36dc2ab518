package dev.slipway.build.dockerfile;

import dev.slipway.build.BuildException;
import dev.slipway.build.dockerfile.shell.ShellSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** One instruction: the lines that continuations join to it, which knows where each of its characters came from. */
public final class LogicalLine {

    /** Where a piece of the text begins: in the text, and in the file. */
    private record Piece(int offset, int line, int column) {}

    private static final int MOST_SAID = 2000;

    private final String file;
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();
    private OptionalInt heredoc = OptionalInt.empty();

    LogicalLine(String file) {
        this.file = file;
    }

    void append(String piece, int line, int column) {
        pieces.add(new Piece(text.length(), line, column));
        text.append(piece);
    }

    void heredocAt(int offset) {
        if (heredoc.isEmpty()) {
            heredoc = OptionalInt.of(offset);
        }
    }

    public String text() {
        return text.toString();
    }

    /** Where the first here-document is announced, if one is. */
    OptionalInt heredoc() {
        return heredoc;
    }

    public int number() {
        return pieces.getFirst().line();
    }

    /** Where a character is in the file; both from 1. */
    public record Place(int line, int column) {}

    public Place place(int offset) {
        Piece piece = pieces.getFirst();
        for (Piece other : pieces) {
            if (other.offset() <= offset) {
                piece = other;
            }
        }
        return new Place(piece.line(), piece.column() + offset - piece.offset());
    }

    /** {@code file:line:column} of a character, both from 1. */
    public String position(int offset) {
        Place place = place(offset);
        return "%s:%d:%d".formatted(file, place.line(), place.column());
    }

    public BuildException invalid(int offset, String why) {
        return BuildException.permanent(BuildException.Reason.DOCKERFILE_INVALID, sentence(offset, why));
    }

    /** For what is no error, but cannot be done here. */
    public BuildException unsupported(int offset, String why) {
        return BuildException.permanent(BuildException.Reason.DOCKERFILE_UNSUPPORTED, sentence(offset, why));
    }

    /** What is said of a character, cut where it quotes so much that an event could not carry it. */
    String sentence(int offset, String why) {
        return "%s: %s".formatted(position(offset), why.length() > MOST_SAID ? why.substring(0, MOST_SAID) + "…" : why);
    }

    BuildException invalid(Word word, ShellSyntaxException e) {
        return invalid(word.offset() + e.offset(), "%s, in '%s'".formatted(e.getMessage(), word.text()));
    }

    @Override
    public String toString() {
        return position(0) + ": " + text;
    }
}
