package dev.slipway.oci.registry.http;

import java.io.IOException;

/** An answer is longer than anything reasonable; asking again does not help. */
final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLongException(String message) {
        super(message);
    }
}
