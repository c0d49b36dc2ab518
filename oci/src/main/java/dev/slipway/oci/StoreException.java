package dev.slipway.oci;

import org.jspecify.annotations.Nullable;

/** A registry or layout could not be reached, or answered something that does not allow to go on. */
public class StoreException extends RuntimeException {

    /** What kind of trouble it is, so that callers need not read messages. */
    public enum Kind {
        /** Unreachable, timed out, 5xx, 429 beyond every retry. */
        UNAVAILABLE,
        /** 401 or 403 after fresh credentials. */
        UNAUTHORIZED,
        /** 404, or a name that is unknown. */
        NOT_FOUND,
        /** A request that will never be accepted: any other 4xx. */
        REFUSED,
        /** An immutable tag, or a repository that is read-only. */
        IMMUTABLE,
        /** What came is not what its digest, size or media type says. */
        CORRUPT
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String location;

    public StoreException(Kind kind, String location, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.location = location;
    }

    /** The same, with what else was tried in its message. */
    public StoreException having(String tried) {
        StoreException more = new StoreException(kind, location, getMessage() + tried, getCause());
        more.setStackTrace(getStackTrace());
        return more;
    }

    public Kind kind() {
        return kind;
    }

    /** The registry or directory. */
    public String location() {
        return location;
    }

    /** Whether trying the same again later can help. */
    public boolean retryable() {
        return kind == Kind.UNAVAILABLE;
    }
}
