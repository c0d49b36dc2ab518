package dev.slipway.cli.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildState;
import dev.slipway.cli.build.Outcome;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.events.EventType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Asks the services for something by an event, and waits for its end. */
public final class AskServices {
    private final Submission submission;

    /** Asks in the name of the user, under the trace that the environment names. */
    public AskServices(Gateway gateway, InstantSource clock, Map<String, String> environment) {
        this.submission = new Submission(gateway, clock, environment);
    }

    /**
     * Asks, and waits.
     *
     * @param what is asked for, as the beginning of a sentence: {@code rollback}
     * @param request as the event's schema has it; the requester is added here
     * @throws CommandFailure where it failed, saying how every target ended
     */
    public Ended ask(String what, EventType type, ObjectNode request) {
        String buildId = submission.submit(type, request);
        BuildState state = new BuildState(List.of(), BuildOptions.WaitFor.PUBLISHED);
        submission.follow(buildId, event -> {
            state.apply(event);
            return state.outcome().isEmpty();
        });
        return state.outcome()
                .map(outcome -> ended(what, buildId, outcome))
                .orElseThrow(
                        () -> new IllegalStateException("the events of %s ended without an end".formatted(buildId)));
    }

    private static Ended ended(String what, String buildId, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published published -> new Ended(buildId, published.index(), published.targets());
            case Outcome.Assembled assembled ->
                throw new IllegalStateException("something was to be published, and this only waited for its assembly");
            case Outcome.Failed failed ->
                throw new CommandFailure(
                        failed.exit(),
                        "%s %s %s%s"
                                .formatted(
                                        what,
                                        buildId,
                                        failed.what(),
                                        failed.reasons().stream()
                                                .map(reason -> "\n  " + reason)
                                                .reduce("", String::concat)));
        };
    }
}
