package dev.slipway.events;

import java.time.Instant;
import java.util.Map;

/**
 * What the planner made of a request. It is fixed before the first platform build is queued and kept in staging, so that
 * every platform and every retry builds from the same.
 *
 * @param requestedAt the request's {@code ce_time}; {@code created} of the images
 * @param builder the driver that builds it, for example {@code embedded}
 * @param bases base images as the Dockerfile names them, each with the reference by digest that it was resolved to
 * @param labels for every image's config, the request's own included
 */
public record BuildPlan(
        RequestEvent.BuildRequested request,
        Instant requestedAt,
        String tenant,
        String builder,
        Map<String, String> bases,
        Map<String, String> labels) {
    public BuildPlan {
        bases = Lists.ordered(bases);
        labels = Lists.ordered(labels);
    }
}
