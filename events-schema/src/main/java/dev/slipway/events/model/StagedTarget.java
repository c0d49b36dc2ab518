package dev.slipway.events.model;

import java.time.Duration;

/**
 * A target on which everything lies by digest, read back and verified.
 *
 * @param reference full, with the tag that shall move
 */
public record StagedTarget(
        String reference,
        long bytesSent,
        long bytesMounted,
        int requests,
        Duration duration,
        boolean digestWasPresent) {}
