package dev.slipway.cli.gateway;

/**
 * An event of a {@code text/event-stream} (WHATWG HTML, "Server-sent events").
 *
 * @param id of the last event that had one
 */
record ServerSentEvent(String id, String name, String data) {}
