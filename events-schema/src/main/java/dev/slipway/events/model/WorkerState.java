package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a worker takes new builds. */
public enum WorkerState {
    @JsonProperty("ready")
    READY,
    /** It ends what it runs, or hands it back, and takes nothing new. */
    @JsonProperty("draining")
    DRAINING
}
