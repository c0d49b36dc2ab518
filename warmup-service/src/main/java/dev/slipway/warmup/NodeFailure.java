package dev.slipway.warmup;

import dev.slipway.warmup.verify.PullFailure;

/** A node that does not have the image, and why. */
public record NodeFailure(String node, PullFailure reason, String message) {}
