package dev.slipway.build.dockerfile;

import dev.slipway.build.dockerfile.shell.ShellSyntaxException;
import dev.slipway.build.dockerfile.shell.ShellWord;
import dev.slipway.build.dockerfile.shell.Variables;
import java.util.List;

/**
 * A part of an instruction, not yet expanded.
 *
 * @param offset where it starts in the line's text
 * @param escape the file's escape character
 */
public record Word(LogicalLine line, String text, int offset, char escape) {

    public String expand(Variables variables) {
        try {
            return ShellWord.expand(text, escape, variables);
        } catch (ShellSyntaxException e) {
            throw line.invalid(this, e);
        }
    }

    public List<String> expandAndSplit(Variables variables) {
        try {
            return ShellWord.expandAndSplit(text, escape, variables);
        } catch (ShellSyntaxException e) {
            throw line.invalid(this, e);
        }
    }

    Word checked() {
        try {
            ShellWord.check(text, escape);
            return this;
        } catch (ShellSyntaxException e) {
            throw line.invalid(this, e);
        }
    }

    Word stripped() {
        int start = text.length() - text.stripLeading().length();
        return new Word(line, text.strip(), offset + start, escape);
    }

    Word part(int from, int to) {
        return new Word(line, text.substring(from, to), offset + from, escape);
    }

    @Override
    public String toString() {
        return text;
    }
}
