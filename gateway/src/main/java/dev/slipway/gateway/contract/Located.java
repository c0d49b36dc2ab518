package dev.slipway.gateway.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON text, and where. */
final class Located {
    private Located() {}

    static String message(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null
                ? e.getOriginalMessage()
                : "%s (line %d, column %d)".formatted(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
    }
}
