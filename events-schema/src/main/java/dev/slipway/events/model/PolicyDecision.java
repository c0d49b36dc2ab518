package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the gate says to an image. */
public enum PolicyDecision {
    @JsonProperty("allowed")
    ALLOWED,
    @JsonProperty("denied")
    DENIED
}
