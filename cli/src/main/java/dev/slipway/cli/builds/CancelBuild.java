package dev.slipway.cli.builds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.gateway.CloudEvent;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.events.EventType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Asks for the end of a build, and waits for the event that says how it ended. */
final class CancelBuild {
    /** How long the gateway may be gone meanwhile: a restart of the stack is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<EventType> ENDS = Set.of(
            EventType.BUILD_CANCELLED,
            EventType.BUILD_REJECTED,
            EventType.IMAGE_ASSEMBLY_FAILED,
            EventType.IMAGE_PUBLISHED,
            EventType.IMAGE_PUBLISH_FAILED,
            EventType.IMAGE_SUPERSEDED);

    private final Gateway gateway;
    private final InstantSource clock;
    private final String requester;

    CancelBuild(Gateway gateway, InstantSource clock, String requester) {
        this.gateway = gateway;
        this.clock = clock;
        this.requester = requester;
    }

    /**
     * Cancels a build that has not ended yet.
     *
     * @return the reason that its last event gives
     * @throws CommandFailure where it ended otherwise, before or meanwhile
     */
    String cancel(String buildId, Optional<String> reason) {
        JsonNode build = gateway.build(buildId);
        if (build.path("ended").asBoolean()) {
            throw tooLate(buildId, "it had ended: " + build.path("stage").asText());
        }
        ObjectNode wish = Json.object().put("buildId", buildId);
        reason.filter(text -> !text.isBlank()).ifPresent(text -> wish.put("reason", text));
        gateway.submit(new CloudEvent(
                UUID.randomUUID().toString(),
                "/slipway/cli/" + requester,
                EventType.BUILD_CANCEL_REQUESTED,
                clock.instant(),
                Json.text(build, "traceId").filter(id -> !id.isEmpty()).map(CancelBuild::traceparent),
                Json.write(wish.put("requester", requester))));
        ReceivedEvent end = awaitEnd(buildId);
        if (!end.type().equals(Optional.of(EventType.BUILD_CANCELLED))) {
            throw tooLate(buildId, "it ended with " + end.typeName());
        }
        return end.data().path("reason").asText();
    }

    private ReceivedEvent awaitEnd(String buildId) {
        AtomicReference<ReceivedEvent> end = new AtomicReference<>();
        new FollowEvents(gateway, PATIENCE).follow(Optional.of(buildId), true, event -> {
            if (event.type().filter(ENDS::contains).isEmpty()) {
                return true;
            }
            end.set(event);
            return false;
        });
        return end.get();
    }

    private static CommandFailure tooLate(String buildId, String how) {
        return new CommandFailure(ExitCode.USAGE, "build %s was not cancelled: too late, %s".formatted(buildId, how));
    }

    /** What follows from the wish belongs into the trace of the build. */
    private static String traceparent(String traceId) {
        long span = UUID.randomUUID().getMostSignificantBits() | 1;
        return "00-%s-%s-01".formatted(traceId, HexFormat.of().toHexDigits(span));
    }
}
