package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

public enum BuildMode {
    @JsonProperty("release")
    RELEASE,
    @JsonProperty("snapshot")
    SNAPSHOT
}
