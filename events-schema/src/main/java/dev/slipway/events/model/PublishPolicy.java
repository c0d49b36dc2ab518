package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a publish counts as done: every target has the new digest, more than half, or one. */
public enum PublishPolicy {
    @JsonProperty("all")
    ALL,
    @JsonProperty("quorum")
    QUORUM,
    @JsonProperty("any")
    ANY
}
