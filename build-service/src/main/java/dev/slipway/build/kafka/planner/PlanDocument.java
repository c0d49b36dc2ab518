package dev.slipway.build.kafka.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.QueueEvent.PlatformBuildQueued;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as it is kept in staging: the facts that follow from it, so that a request which comes again leads to the same ones.
 *
 * @param unavailable optional platforms of which planning has shown that they cannot be built
 */
record PlanDocument(BuildPlanned planned, List<PlatformBuildFailed> unavailable) {
    PlanDocument {
        unavailable = List.copyOf(unavailable);
    }

    static PlanDocument parse(byte[] json) {
        try {
            return EventJson.mapper().readValue(json, PlanDocument.class);
        } catch (IOException e) {
            throw new IllegalStateException("the plan that staging has is not one of this version's", e);
        }
    }

    byte[] toJson() {
        try {
            return EventJson.mapper().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan cannot be written as JSON", e);
        }
    }

    List<ProgressEvent> progress() {
        List<ProgressEvent> facts = new ArrayList<>();
        facts.add(planned);
        facts.addAll(unavailable);
        return facts;
    }

    List<PlatformBuildQueued> queued() {
        Set<String> without =
                unavailable.stream().map(PlatformBuildFailed::platform).collect(Collectors.toSet());
        return Stream.concat(planned.platforms().stream(), planned.optionalPlatforms().stream())
                .filter(platform -> !without.contains(platform))
                .map(platform -> new PlatformBuildQueued(planned.buildId(), platform, planned.plan()))
                .toList();
    }
}
