package dev.slipway.oci.registry.http;

import java.io.IOException;

/** What is to be sent is not as long as its descriptor says; sending it again does not help. */
final class ContentChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ContentChangedException(String message) {
        super(message);
    }
}
