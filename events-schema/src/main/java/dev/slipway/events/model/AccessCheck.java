package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When it was asked whether a tenant may move tags. */
public enum AccessCheck {
    /** The request was taken up, and nothing was sent anywhere. */
    @JsonProperty("request")
    REQUEST,
    /** Everything is staged, and no tag has moved. */
    @JsonProperty("commit")
    COMMIT
}
