package dev.slipway.signing;

import org.jspecify.annotations.Nullable;

/** A key cannot be used: it is not there, is none, or its password is wrong. The message never quotes a secret. */
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
