package dev.slipway.local;

import java.io.IOException;

/** A port was to be listened on and cannot be. */
final class PortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    PortTakenException(int port, String purpose, Throwable cause) {
        super("port %d is taken: it is for %s".formatted(port, purpose), cause);
    }
}
