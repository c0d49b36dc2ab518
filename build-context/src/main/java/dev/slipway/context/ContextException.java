package dev.slipway.context;

import org.jspecify.annotations.Nullable;

/** A build context cannot be packed or read. The message names the file and says what is wrong with it. */
public class ContextException extends RuntimeException {

    /** What kind of trouble it is, so that callers need not read messages. */
    public enum Kind {
        /** There is no Dockerfile at the path that was asked for. */
        DOCKERFILE_MISSING,
        /** The directory, or something in it, can be part of no context. */
        INVALID,
        /** A file changed while it was read; packing again may work. */
        CHANGED,
        /** A file or directory could not be read. */
        UNREADABLE
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public ContextException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
