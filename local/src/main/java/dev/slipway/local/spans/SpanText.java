package dev.slipway.local.spans;

/**
 * A span as it is kept and answered.
 *
 * @param traceId 32 hex digits
 * @param json one line
 */
record SpanText(String traceId, String json) {}
