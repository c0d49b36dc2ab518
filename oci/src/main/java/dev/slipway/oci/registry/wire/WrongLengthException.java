package dev.slipway.oci.registry.wire;

import java.io.IOException;

/** Content is longer or shorter than it may be; trying again does not help. */
public final class WrongLengthException extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongLengthException(String message) {
        super(message);
    }
}
