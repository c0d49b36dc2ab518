package dev.slipway.events;

/** The payload of a CloudEvent of Slipway's contract. */
public sealed interface Event permits RequestEvent, Fact {}
