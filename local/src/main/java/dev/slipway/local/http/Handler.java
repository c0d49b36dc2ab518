package dev.slipway.local.http;

import java.io.IOException;

/** Answers requests, many at once. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request) throws IOException;
}
