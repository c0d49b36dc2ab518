package dev.slipway.build.embedded.copy;

/** Something cannot be copied. The message says what and why; the caller knows the line. */
public final class CopyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether another builder could. */
    private final boolean unsupported;

    private CopyException(String message, boolean unsupported) {
        super(message);
        this.unsupported = unsupported;
    }

    static CopyException failed(String message) {
        return new CopyException(message, false);
    }

    static CopyException unsupported(String message) {
        return new CopyException(message, true);
    }

    public boolean unsupported() {
        return unsupported;
    }
}
