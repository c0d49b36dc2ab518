package dev.slipway.warmup.wiring;

/** The configuration asks for something that this version does not do. */
final class UnsupportedConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedConfigException(String message) {
        super(message);
    }
}
