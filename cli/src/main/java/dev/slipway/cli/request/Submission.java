package dev.slipway.cli.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.gateway.CloudEvent;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.events.EventType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Hands requests to the gateway in the name of the user, under the trace that the environment names, and follows what comes of them. */
final class Submission {
    /** How long the gateway may be gone meanwhile: a restart of the stack is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Gateway gateway;
    private final InstantSource clock;
    private final String requester;
    private final Optional<String> traceparent;

    Submission(Gateway gateway, InstantSource clock, Map<String, String> environment) {
        this.gateway = gateway;
        this.clock = clock;
        this.requester = System.getProperty("user.name", "unknown");
        this.traceparent = Optional.ofNullable(environment.get("TRACEPARENT"));
    }

    /**
     * Sends a request.
     *
     * @param request as the event's schema has it; the requester is added here
     * @return the build id
     */
    String submit(EventType type, ObjectNode request) {
        return gateway.submit(new CloudEvent(
                UUID.randomUUID().toString(),
                "/slipway/cli/" + requester,
                type,
                clock.instant(),
                traceparent,
                Json.write(request.put("requester", requester))));
    }

    /** Gives each event to {@code goesOn} until it says no. */
    void follow(String buildId, Predicate<ReceivedEvent> goesOn) {
        new FollowEvents(gateway, PATIENCE).follow(Optional.of(buildId), true, goesOn);
    }
}
