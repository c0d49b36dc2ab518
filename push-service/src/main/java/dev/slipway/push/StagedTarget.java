package dev.slipway.push;

import dev.slipway.oci.Reference;
import java.time.Duration;

/**
 * A target on which everything lies by digest, read back and verified.
 *
 * @param traffic of its repository; where several tags share one, it stands at the first of them
 * @param duration of staging its repository
 * @param digestWasPresent whether the repository had the digest before
 */
public record StagedTarget(Reference.Tagged reference, Traffic traffic, Duration duration, boolean digestWasPresent) {}
