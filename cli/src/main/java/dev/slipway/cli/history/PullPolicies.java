package dev.slipway.cli.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.json.Json;
import dev.slipway.events.EventType;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which pull policies were decided for an image on a cluster, by the events that are there still. */
public final class PullPolicies {
    private final Gateway gateway;

    public PullPolicies(Gateway gateway) {
        this.gateway = gateway;
    }

    /** One of them. */
    public record Entry(Instant at, String policy, String reason, String digest) {}

    /** The latest first. */
    public List<Entry> of(Reference.Tagged reference, String cluster) {
        List<Entry> entries = new ArrayList<>();
        new FollowEvents(gateway, Duration.ZERO).follow(Optional.empty(), false, event -> {
            JsonNode data = event.data();
            if (event.type().equals(Optional.of(EventType.PULL_POLICY_DECIDED))
                    && is(data, "reference", reference.toString())
                    && is(data, "cluster", cluster)) {
                entries.add(new Entry(
                        Json.text(data, "decidedAt").map(Instant::parse).orElse(Instant.MIN),
                        data.path("policy").asText(),
                        data.path("reason").asText(),
                        data.path("digest").asText()));
            }
            return true;
        });
        return entries.stream()
                .distinct()
                .sorted(Comparator.comparing(Entry::at).reversed())
                .toList();
    }

    private static boolean is(JsonNode data, String property, String value) {
        return Json.text(data, property).filter(value::equals).isPresent();
    }
}
