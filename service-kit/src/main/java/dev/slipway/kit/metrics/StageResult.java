package dev.slipway.kit.metrics;

import java.util.Locale;

/** How a stage's work on an event ended. */
public enum StageResult {
    DONE,
    /** Given up after the last attempt: the event is a dead letter. */
    FAILED,
    /** Nothing that this version can do: the event is a dead letter. */
    REFUSED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
