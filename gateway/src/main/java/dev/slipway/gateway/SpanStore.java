package dev.slipway.gateway;

import java.io.InputStream;

/** Where spans are kept. Answers are passed on as they are. */
public interface SpanStore {

    /**
     * Takes an OTLP/HTTP export.
     *
     * @param contentType {@code application/json} or {@code application/x-protobuf}
     * @param encoding {@code Content-Encoding}, empty for none
     * @throws SpanStoreUnavailableException naming it
     */
    Answer export(String contentType, String encoding, InputStream body);

    /** The spans of a trace, by its 32 hex digits. Errors as {@link #export}. */
    Answer trace(String traceId);

    /**
     * What the store said.
     *
     * @param contentType empty where there is no body
     */
    record Answer(int status, String contentType, InputStream body) {}

    /** The store could not be reached, or none is configured. */
    final class SpanStoreUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SpanStoreUnavailableException(String message) {
            super(message);
        }
    }
}
