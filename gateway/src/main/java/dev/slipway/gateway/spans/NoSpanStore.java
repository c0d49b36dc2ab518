package dev.slipway.gateway.spans;

import dev.slipway.gateway.SpanStore;
import java.io.InputStream;

/** Says that no span store is configured. */
public final class NoSpanStore implements SpanStore {

    @Override
    public Answer export(String contentType, String encoding, InputStream body) {
        throw notThere();
    }

    @Override
    public Answer trace(String traceId) {
        throw notThere();
    }

    private static SpanStoreUnavailableException notThere() {
        return new SpanStoreUnavailableException("no span store is configured: slipway.spans names none");
    }
}
