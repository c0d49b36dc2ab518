package dev.slipway.build.dockerfile.shell;

/** A word cannot be expanded. */
public final class ShellSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    ShellSyntaxException(int offset, String message) {
        super(message);
        this.offset = offset;
    }

    /** Where in the word, in characters from its start. */
    public int offset() {
        return offset;
    }
}
