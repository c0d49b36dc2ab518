package dev.slipway.kit.events;

/**
 * What a new event inherits from the one that caused it.
 *
 * @param buildId {@code ce_correlationid}
 * @param trace {@code ce_traceparent}, unchanged over all hops
 * @param eventId {@code ce_causationid}
 */
public record Cause(String buildId, TraceParent trace, String eventId) {}
