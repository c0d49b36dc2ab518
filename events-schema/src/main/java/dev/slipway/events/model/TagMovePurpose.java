package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What tags are moved for, and so which event says that they have moved. */
public enum TagMovePurpose {
    /** {@code image.published}. */
    @JsonProperty("publish")
    PUBLISH,
    /** {@code image.rolled-back}. */
    @JsonProperty("rollback")
    ROLLBACK
}
