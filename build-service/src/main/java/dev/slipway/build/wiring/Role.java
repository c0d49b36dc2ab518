package dev.slipway.build.wiring;

/** What a process of the build service does; it may have several. */
public enum Role {
    PLANNER,
    SCHEDULER,
    WORKER
}
