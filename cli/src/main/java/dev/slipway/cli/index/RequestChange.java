package dev.slipway.cli.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildState;
import dev.slipway.cli.build.Outcome;
import dev.slipway.cli.gateway.CloudEvent;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.events.EventType;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets the services change an index: verified, signed if wanted, and published under all tags or under none. */
public final class RequestChange {
    /** How long the gateway may be gone meanwhile: a restart of the stack is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Gateway gateway;
    private final InstantSource clock;
    private final String requester;

    public RequestChange(Gateway gateway, InstantSource clock, String requester) {
        this.gateway = gateway;
        this.clock = clock;
        this.requester = requester;
    }

    /** What is asked for; the new index goes where the old one is unless tags say otherwise. */
    public record Wanted(
            Reference index,
            List<Reference> append,
            List<Platform> remove,
            List<Reference.Tagged> tags,
            boolean sign) {}

    /**
     * A changed index that is published.
     *
     * @param index its descriptor
     * @param targets as the event lists them
     */
    public record Changed(String buildId, JsonNode index, JsonNode targets) {}

    /**
     * Asks, and waits for the end.
     *
     * @param traceparent of the caller, where there is one
     * @throws CommandFailure where the change or the publish failed
     */
    public Changed request(Wanted wanted, Optional<String> traceparent) {
        String buildId = gateway.submit(new CloudEvent(
                UUID.randomUUID().toString(),
                "/slipway/cli/" + requester,
                EventType.INDEX_CHANGE_REQUESTED,
                clock.instant(),
                traceparent,
                Json.write(document(wanted))));
        BuildState state = new BuildState(List.of(), BuildOptions.WaitFor.PUBLISHED);
        new FollowEvents(gateway, PATIENCE).follow(Optional.of(buildId), true, event -> {
            state.apply(event);
            return state.outcome().isEmpty();
        });
        return state.outcome()
                .map(outcome -> changed(buildId, outcome))
                .orElseThrow(
                        () -> new IllegalStateException("the events of %s ended without an end".formatted(buildId)));
    }

    private static Changed changed(String buildId, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published published -> new Changed(buildId, published.index(), published.targets());
            case Outcome.Assembled assembled ->
                throw new IllegalStateException("an index was to be published, and this only waited for its assembly");
            case Outcome.Failed failed ->
                throw new CommandFailure(
                        failed.exit(),
                        "change %s %s%s"
                                .formatted(
                                        buildId,
                                        failed.what(),
                                        failed.reasons().stream()
                                                .map(reason -> "\n  " + reason)
                                                .reduce("", String::concat)));
        };
    }

    private ObjectNode document(Wanted wanted) {
        ObjectNode request = Json.object().put("reference", wanted.index().toString());
        put(request, "append", wanted.append());
        put(request, "remove", wanted.remove());
        put(request, "tags", wanted.tags());
        if (wanted.sign()) {
            request.put("sign", true);
        }
        return request.put("requester", requester);
    }

    private static void put(ObjectNode request, String property, List<?> values) {
        if (!values.isEmpty()) {
            ArrayNode array = request.putArray(property);
            values.forEach(value -> array.add(value.toString()));
        }
    }
}
