package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the rules of access say to a request. */
public enum AccessDecision {
    @JsonProperty("allowed")
    ALLOWED,
    @JsonProperty("denied")
    DENIED
}
