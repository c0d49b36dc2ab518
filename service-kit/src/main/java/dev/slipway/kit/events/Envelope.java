package dev.slipway.kit.events;

import java.time.Instant;
import java.util.Optional;

/**
 * The CloudEvents attributes of an event, as read.
 *
 * @param trace the trace of the request: {@code ce_traceparent}, or what stands in for it
 * @param traceOrigin where {@code trace} comes from
 * @param hop {@code traceparent} of the span that sent this event
 */
public record Envelope(
        String id,
        String type,
        String source,
        Optional<String> subject,
        Instant time,
        Optional<String> correlationId,
        Optional<String> causationId,
        TraceParent trace,
        TraceOrigin traceOrigin,
        Optional<TraceParent> hop) {

    /** Where the trace of an event comes from. */
    public enum TraceOrigin {
        /** The request brought it. */
        GIVEN,
        /** The request brought none, so it follows from the build id. */
        DERIVED,
        /** The request brought one that cannot be read, so it follows from the build id. */
        DERIVED_FROM_BAD
    }
}
