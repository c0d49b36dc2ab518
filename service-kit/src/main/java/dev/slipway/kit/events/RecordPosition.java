package dev.slipway.kit.events;

/** Where a record lies. */
public record RecordPosition(String topic, int partition, long offset) {}
