package dev.slipway.local.http;

import java.io.IOException;

/** Answers requests, many at once. */
@FunctionalInterface
public interface Handler {
    /** Knows no path. */
    Handler NOTHING = request -> Answer.of(404);

    Answer handle(Request request) throws IOException;
}
