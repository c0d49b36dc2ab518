package dev.slipway.gateway.builds;

import dev.slipway.gateway.builds.LogPosition.Partition;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as it lies in the log.
 *
 * @param at the partition, and {@code offset} in it
 * @param id what tells it from every other event: source and id
 * @param buildId empty where it belongs to no build
 * @param time {@code ce_time}
 * @param traceId of the request
 * @param json the CloudEvent in structured form, on one line
 * @param change what it means for the state of the build, if anything
 */
public record LoggedEvent(
        Partition at,
        long offset,
        String id,
        String type,
        String buildId,
        Instant time,
        String traceId,
        String json,
        Optional<BuildChange> change) {}
