package dev.slipway.events.model;

/** A platform build on a worker, under the epoch that assigned it. */
public record RunningBuild(String buildId, String platform, int attempt, long epoch) {}
